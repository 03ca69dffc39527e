/**
 * Walks the boxes of ISO/IEC 14496-12 §4.2 without looking inside them.
 *
 *   aligned(8) class Box (unsigned int(32) boxtype, optional unsigned int(8)[16] extended_type) {
 *     unsigned int(32) size;            // 1: largesize follows; 0: to the end of the file
 *     unsigned int(32) type = boxtype;
 *     if (size==1) unsigned int(64) largesize;
 *   }
 */
import { StreamingError } from '../errors.ts';

export interface Box {
  readonly type: string;
  /** Position of the first byte of the header in the bytes that were walked. */
  readonly start: number;
  /** Position of the first byte behind the header. */
  readonly contentStart: number;
  /** Position behind the box. May lie behind the bytes at hand: a box whose header alone is known. */
  readonly end: number;
}

const HEADER_SIZE = 8;
const LARGE_HEADER_SIZE = 16;

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Four characters at `position`; bytes beyond ASCII are kept as Latin-1, so that a type is always four characters. */
export function fourCharacters(view: DataView, position: number): string {
  return String.fromCharCode(
    view.getUint8(position),
    view.getUint8(position + 1),
    view.getUint8(position + 2),
    view.getUint8(position + 3),
  );
}

/**
 * Yields the boxes between `start` and `end`, stopping quietly at a header that is not complete yet.
 * @throws StreamingError `index-invalid` for a size smaller than its own header.
 */
export function* boxesIn(bytes: Uint8Array, start = 0, end = bytes.byteLength): Generator<Box> {
  const view = viewOf(bytes);
  const known = Math.min(end, bytes.byteLength);
  let position = start;
  while (position + HEADER_SIZE <= known) {
    const box = readHeader(view, position, known);
    if (!box) return;
    yield box;
    position = box.end;
  }
}

/** The first box of `type` between `start` and `end`. */
export function findBox(bytes: Uint8Array, type: string, start = 0, end = bytes.byteLength): Box | undefined {
  for (const box of boxesIn(bytes, start, end)) if (box.type === type) return box;
  return undefined;
}

/** Follows a path of nested container boxes, as `['moov', 'trak', 'mdia']`. */
export function findPath(bytes: Uint8Array, path: readonly string[]): Box | undefined {
  let box: Box | undefined;
  for (const type of path) {
    box = findBox(bytes, type, box?.contentStart ?? 0, box?.end ?? bytes.byteLength);
    if (!box) return undefined;
  }
  return box;
}

function readHeader(view: DataView, position: number, end: number): Box | undefined {
  const size = view.getUint32(position);
  const type = fourCharacters(view, position + 4);
  if (size === 0) return { type, start: position, contentStart: position + HEADER_SIZE, end };
  if (size === 1) {
    if (position + LARGE_HEADER_SIZE > end) return undefined;
    const large = Number(view.getBigUint64(position + HEADER_SIZE));
    return checked({
      type,
      start: position,
      contentStart: position + LARGE_HEADER_SIZE,
      end: position + large,
    });
  }
  return checked({ type, start: position, contentStart: position + HEADER_SIZE, end: position + size });
}

function checked(box: Box): Box {
  if (box.end >= box.contentStart && Number.isSafeInteger(box.end)) return box;
  throw new StreamingError(
    'index-invalid',
    `Box "${box.type}" at byte ${box.start} gives a size of ${box.end - box.start} bytes, which cannot be.`,
  );
}
