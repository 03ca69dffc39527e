/** Writes a file for the initialization and one for each segment: what any server can deliver, also one without ranges. */
import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { latin1, uint32, writeBox } from '../../../player/core/mp4/write-box.ts';
import type { MadeSegment, SegmentFiles } from '../made-representation.ts';
import type { RawFragment, RawMedia } from './raw-media.ts';
import { createSegmentCopier } from './segment-copier.ts';
import type { Segment } from './segments.ts';
import type { WriteTarget } from './write-indexed-file.ts';

/**
 * SegmentTypeBox, ISO/IEC 14496-12 §8.16.2: what `ftyp` is to a file. `msdh`: a segment of ISO/IEC 23009-1 §6.3.4.2;
 * `cmfs`: one of ISO/IEC 23000-19 §7.2.
 */
const SEGMENT_TYPE = writeBox('styp', latin1('msdh'), uint32(0), latin1('msdhcmfs'));

/**
 * `segments` are all fragments of `raw`, in order.
 * @throws the file system's error; the signal's reason when aborted.
 */
export async function writeSegmentFiles(
  { initialization }: RawMedia,
  segments: readonly Segment<RawFragment>[],
  { directory, id, signal }: WriteTarget,
): Promise<{ stored: SegmentFiles; segments: readonly MadeSegment[] }> {
  const folder = join(directory, id);
  await mkdir(folder);
  await writeFile(join(folder, 'init.mp4'), initialization);
  const copier = createSegmentCopier(signal);
  try {
    const made: MadeSegment[] = [];
    for (const [i, segment] of segments.entries()) {
      const to = await open(join(folder, `${i + 1}.m4s`), 'wx');
      try {
        const write = (piece: Uint8Array): Promise<void> => to.writeFile(piece);
        made.push(await copier.copy(segment, write, SEGMENT_TYPE));
      } finally {
        await to.close();
      }
    }
    const sha256 = createHash('sha256').update(initialization).digest('hex');
    const stored = {
      layout: 'files',
      folder: id,
      initialization: { bytes: initialization.byteLength, sha256 },
    } as const;
    return { stored, segments: made };
  } finally {
    await copier.close();
  }
}
