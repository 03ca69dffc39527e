/**
 * Walks the elements of EBML (RFC 8794 §6) without looking inside them.
 *
 *   Element := ID Size Data
 *   ID      := VINT of 1 … 4 bytes, its marker bit kept
 *   Size    := VINT of 1 … 8 bytes, its marker bit dropped; all bits 1: not known
 *   VINT    := as many 0 bits as bytes follow the first, one marker bit 1, the value
 */
import { StreamingError } from '../errors.ts';

export interface EbmlElement {
  readonly id: number;
  /** Position of the first byte of the header in the bytes that were walked. */
  readonly start: number;
  /** Position of the first byte behind the header. */
  readonly contentStart: number;
  /** Position behind the element; may lie behind the bytes at hand. Infinity when the size is not known. */
  readonly end: number;
}

/**
 * Yields the elements between `start` and `end`, stopping quietly at a header that is not complete.
 * @throws StreamingError `index-invalid` for a VINT longer than allowed.
 */
export function* elementsIn(
  bytes: Uint8Array,
  start = 0,
  end = bytes.byteLength,
): Generator<EbmlElement, undefined> {
  const limit = Math.min(end, bytes.byteLength);
  for (let position = start; position < limit; ) {
    const idLength = vintLength(bytes, position, 4);
    if (position + idLength >= limit) return;
    const sizeLength = vintLength(bytes, position + idLength, 8);
    const contentStart = position + idLength + sizeLength;
    if (contentStart > limit) return;
    const size = sizeAt(bytes, position + idLength, sizeLength);
    const element = {
      id: unsignedAt(bytes, position, idLength),
      start: position,
      contentStart,
      end: contentStart + size,
    };
    yield element;
    position = element.end;
  }
}

/** The first element of `id` between `start` and `end`. */
export function findElement(bytes: Uint8Array, id: number, start = 0, end = bytes.byteLength) {
  for (const element of elementsIn(bytes, start, end)) if (element.id === id) return element;
  return undefined;
}

/** Big-endian; exact up to 2^53. */
export function unsignedAt(bytes: Uint8Array, position: number, length: number): number {
  return bytes.subarray(position, position + length).reduce((value, byte) => value * 256 + byte, 0);
}

function vintLength(bytes: Uint8Array, position: number, longest: number): number {
  const length = Math.clz32(bytes[position] ?? 0) - 23;
  if (length <= longest) return length;
  throw new StreamingError('index-invalid', `There is no WebM element at byte ${position}.`);
}

function sizeAt(bytes: Uint8Array, position: number, length: number): number {
  const top = (bytes[position] ?? 0) & (0xff >> length);
  const value = top * 256 ** (length - 1) + unsignedAt(bytes, position + 1, length - 1);
  return value === 2 ** (7 * length) - 1 ? Number.POSITIVE_INFINITY : value;
}
