/** Looks for a segment index in the pieces of a file that are at hand, box by box, and says which piece it needs. */
import { StreamingError } from '../errors.ts';
import { type Box, boxesIn } from '../mp4/box.ts';
import { decodeSegmentIndex, type SegmentIndex } from '../mp4/sidx.ts';
import { type PlacedBytes, pieceAt } from './index-reading.ts';
import type { ByteRange } from './presentation.ts';

/** An index and where its box stands in the file. */
export interface PlacedIndex {
  readonly index: SegmentIndex;
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}

export type IndexSearch =
  | ({ readonly kind: 'found' } & PlacedIndex)
  | { readonly kind: 'missing'; readonly range: ByteRange }
  /** Media begins before any index. */
  | { readonly kind: 'none' };

/** Bytes to look at where nothing tells how long an index is: holds `ftyp`, `moov` and an hour of segments. */
const FIRST_LOOK = 8192;

/** What a segment index stands before, never behind. */
const MEDIA_BOXES: ReadonlySet<string> = new Set(['moof', 'mdat']);

/** Where to look: from `first` on, giving up behind `last`. `length` bytes are asked for at once. */
export interface SearchArea extends ByteRange {
  readonly length: number;
}

/** Of a file that does not say where its index is. */
export const WHOLE_FILE: SearchArea = { first: 0, last: Number.POSITIVE_INFINITY, length: FIRST_LOOK };

/** Of an index that is announced together with the media behind it. */
export function nestedArea(range: ByteRange): SearchArea {
  return { ...range, length: Math.min(FIRST_LOOK, range.last - range.first + 1) };
}

/**
 * The first index in `area`; boxes that are neither index nor media are passed over.
 * @throws StreamingError `index-invalid` when bytes end too early although they were asked for, or are no boxes.
 */
export function findIndex(pieces: readonly PlacedBytes[], area: SearchArea): IndexSearch {
  let position = area.first;
  while (position <= area.last) {
    const piece = pieceAt(pieces, position);
    const [box] = piece ? boxesIn(piece.bytes, position - piece.first) : [];
    if (!piece || !box) return askFor(pieces, { first: position, last: position + area.length - 1 });
    if (box.type === 'sidx') return indexIn(pieces, piece, box);
    if (MEDIA_BOXES.has(box.type)) break;
    position = piece.first + box.end;
  }
  return { kind: 'none' };
}

function indexIn(pieces: readonly PlacedBytes[], piece: PlacedBytes, box: Box): IndexSearch {
  const start = piece.first + box.start;
  const end = piece.first + box.end;
  if (box.end > piece.bytes.byteLength) return askFor(pieces, { first: start, last: end - 1 });
  return { kind: 'found', index: decodeSegmentIndex(piece.bytes, box.start).index, start, end };
}

/** A first look and a whole box are the two requests that may begin at one place; a third would learn nothing. */
function askFor(pieces: readonly PlacedBytes[], range: ByteRange): IndexSearch {
  if (pieces.filter(({ first }) => first === range.first).length < 2) return { kind: 'missing', range };
  throw new StreamingError(
    'index-invalid',
    `The file ends inside the box at byte ${range.first}, or is no MP4.`,
  );
}
