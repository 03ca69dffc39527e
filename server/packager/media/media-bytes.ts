/** Reads parts of a finished representation as one stream of fragmented MP4, in whatever layout it is stored. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { MadeRepresentation } from '../made-representation.ts';
import { type MediaPlace, placesOf } from './media-places.ts';

/** The initialization, then the segments at these positions (0 is the first), in the order given. */
export async function* mediaBytes(
  made: MadeRepresentation,
  directory: string,
  positions: Iterable<number>,
): AsyncGenerator<Uint8Array> {
  const places = placesOf(made);
  yield* read(places.initialization, directory);
  for (const position of positions) {
    const place = places.segments[position];
    if (!place) throw new RangeError(`"${made.id}" has no segment at position ${position}.`);
    yield* read(place, directory);
  }
}

/** The initialization alone. */
export async function readInitialization(made: MadeRepresentation, directory: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of mediaBytes(made, directory, [])) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* read({ file, range }: MediaPlace, directory: string): AsyncGenerator<Uint8Array> {
  const limits = range ? { start: range.first, end: range.last } : {};
  for await (const piece of createReadStream(join(directory, file), limits)) yield piece;
}
