/** Finds the boxes of a file from header to header, without reading what is between. */
import { type Box, boxesIn } from '../../player/core/mp4/box.ts';
import { type FolderReader, type Stretch, UnreadableError } from './folder-reader.ts';

export interface BoxPlace {
  readonly type: string;
  readonly start: number;
  readonly contentStart: number;
  /** Behind its last byte. */
  readonly end: number;
}

const LONGEST_HEADER = 16;
/** More boxes than this in one segment are no media. */
const MOST_BOXES = 100_000;

/**
 * All boxes of the stretch, which they fill exactly.
 * @throws UnreadableError when they do not.
 */
export async function boxPlaces(stretch: Stretch, reader: FolderReader): Promise<BoxPlace[]> {
  const places: BoxPlace[] = [];
  for await (const place of walkBoxes(stretch, reader)) {
    if (places.length === MOST_BOXES) throw new UnreadableError('There are too many boxes.', place.start);
    places.push(place);
  }
  return places;
}

/** One after another, for those who look for one of them. */
export async function* walkBoxes(
  { file, first, end }: Stretch,
  reader: FolderReader,
): AsyncGenerator<BoxPlace> {
  let position = first;
  while (position < end) {
    const header = await reader.read(file, position, Math.min(LONGEST_HEADER, end - position));
    const place = headerAt(header, position, end);
    yield place;
    position = place.end;
  }
}

/** A size of 0 means: to the end of the file (ISO/IEC 14496-12 §4.2). */
function headerAt(header: Uint8Array, position: number, end: number): BoxPlace {
  const box = firstBox(header, position);
  if (!box) throw new UnreadableError('There is no complete box.', position);
  const isOpenEnded = header.subarray(0, 4).every((byte) => byte === 0);
  const boxEnd = isOpenEnded ? end : position + box.end;
  if (boxEnd > end) {
    const type = box.type.replace(/[^ -~]/g, '?');
    throw new UnreadableError(`A box "${type}" reaches to byte ${boxEnd}, past the end at ${end}.`, position);
  }
  return { type: box.type, start: position, contentStart: position + box.contentStart, end: boxEnd };
}

function firstBox(header: Uint8Array, position: number): Box | undefined {
  try {
    const [box] = boxesIn(header);
    return box;
  } catch (error) {
    throw new UnreadableError('A box has a size that cannot be.', position, error);
  }
}
