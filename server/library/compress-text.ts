/** Compresses text once, when it is published or built, so that no request has to wait for it. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ContentCoding } from './title.ts';

/** Pictures, sound and video are compressed as they are. */
const TEXT = /^text\/|[/+](?:json|xml)\b|\bjavascript\b|mpegurl/;

/** Above this the best level of brotli takes seconds, for one or two per cent. */
const SLOW_SIZE = 1024 * 1024;

export function isText(type: string): boolean {
  return TEXT.test(type);
}

/** By coding; a coding that saves nothing is left out. `quality` is that of brotli, 0 … 11. */
export async function compressText(
  bytes: Uint8Array,
  quality = bytes.length > SLOW_SIZE ? 9 : constants.BROTLI_MAX_QUALITY,
): Promise<Map<ContentCoding, Buffer>> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  const all = new Map<ContentCoding, Buffer>([
    ['br', br],
    ['gzip', gz],
  ]);
  return new Map([...all].filter(([, compressed]) => compressed.length < bytes.length));
}
