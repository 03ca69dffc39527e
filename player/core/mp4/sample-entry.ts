/** Where the child boxes of a sample entry lie: behind the fields of its kind (ISO/IEC 14496-12 §12.1.3, §12.2.3). */
import { StreamingError } from '../errors.ts';
import { type Box, findBox } from './box.ts';
import { contentOf } from './box-content.ts';

/** Bytes of a VisualSampleEntry and an AudioSampleEntry before their children. */
const VISUAL_FIELDS = 78;
const AUDIO_FIELDS = 28;

/** By the four characters of a sample entry; others have no children that are looked for here. */
export const FIELDS_OF_ENTRY: Readonly<Record<string, number>> = {
  avc1: VISUAL_FIELDS,
  avc3: VISUAL_FIELDS,
  hvc1: VISUAL_FIELDS,
  hev1: VISUAL_FIELDS,
  vp09: VISUAL_FIELDS,
  av01: VISUAL_FIELDS,
  mp4a: AUDIO_FIELDS,
  Opus: AUDIO_FIELDS,
  'ac-3': AUDIO_FIELDS,
  'ec-3': AUDIO_FIELDS,
};

/**
 * The content of the child `type` of a sample entry, at least `least` bytes of it.
 * @throws StreamingError `index-invalid` when it is missing, too short or cut off.
 */
export function configurationOf(bytes: Uint8Array, entry: Box, type: string, least: number): DataView {
  const start = entry.contentStart + (FIELDS_OF_ENTRY[entry.type] ?? 0);
  const box = findBox(bytes, type, start, entry.end);
  if (box) return contentOf(bytes, box, least);
  throw new StreamingError('index-invalid', `Sample entry "${entry.type}" has no "${type}" box.`);
}
