/** Reads parts of a finished representation as one stream of fragmented MP4, in whatever layout it is stored. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { MadeRepresentation } from './made-representation.ts';

/** A whole file when `last` is absent, else bytes `first` … `last` of it. */
interface Place {
  readonly path: string;
  readonly first?: number;
  readonly last?: number;
}

/** The initialization, then the segments at these positions (0 is the first), in the order given. */
export async function* mediaBytes(
  made: MadeRepresentation,
  directory: string,
  positions: Iterable<number>,
): AsyncGenerator<Uint8Array> {
  const placeAt = segmentPlaces(made, directory);
  yield* read(initializationPlace(made, directory));
  for (const position of positions) yield* read(placeAt(position));
}

/** The initialization alone. */
export async function initializationBytes(made: MadeRepresentation, directory: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of mediaBytes(made, directory, [])) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* read({ path, first, last }: Place): AsyncGenerator<Uint8Array> {
  const range = first === undefined || last === undefined ? {} : { start: first, end: last };
  for await (const piece of createReadStream(path, range)) yield piece;
}

function initializationPlace({ stored }: MadeRepresentation, directory: string): Place {
  if (stored.layout === 'files') return { path: join(directory, stored.folder, 'init.mp4') };
  return { path: join(directory, stored.file), first: 0, last: stored.initializationBytes - 1 };
}

function segmentPlaces({ stored, segments }: MadeRepresentation, directory: string) {
  if (stored.layout === 'files') {
    return (position: number): Place => ({ path: join(directory, stored.folder, `${position + 1}.m4s`) });
  }
  let end = stored.initializationBytes + stored.indexBytes;
  const ranges = segments.map(({ bytes }) => {
    end += bytes;
    return { first: end - bytes, last: end - 1 };
  });
  return (position: number): Place => {
    const range = ranges[position];
    if (!range) throw new RangeError(`There is no segment at position ${position}.`);
    return { path: join(directory, stored.file), ...range };
  };
}
