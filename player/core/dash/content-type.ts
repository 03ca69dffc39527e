/** What kind of content an adaptation set holds, from whatever its MPD says about it. */
import { attribute, type Chain } from './attributes.ts';
import type { ContentType } from './presentation.ts';

const KINDS: readonly ContentType[] = ['video', 'audio', 'text', 'image'];

const BY_CODEC: readonly (readonly [RegExp, ContentType])[] = [
  [/^(stpp|wvtt|tx3g)/i, 'text'],
  [/^(avc|hvc|hev|dvh|vp0?[89]|av01)/i, 'video'],
  [/^(mp4a|ac-3|ec-3|opus|flac|vorbis)/i, 'audio'],
];

/**
 * The picture type of a MIME type first, since thumbnails also come declared as video; then @contentType, the MIME
 * type's other kinds, the codecs. Undefined when nothing tells.
 */
export function contentTypeOf(chain: Chain): ContentType | undefined {
  const [major = '', minor = ''] = (attribute(chain, 'mimeType') ?? '').toLowerCase().split('/');
  if (major === 'image') return 'image';
  const declared = attribute(chain, 'contentType');
  const kind = KINDS.find((known) => known === declared) ?? KINDS.find((known) => known === major);
  if (kind) return kind;
  if (/^ttml|vtt/.test(minor)) return 'text';
  const codecs = attribute(chain, 'codecs') ?? '';
  return BY_CODEC.find(([pattern]) => pattern.test(codecs))?.[1];
}
