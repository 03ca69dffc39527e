/** Where the parts of a finished representation lie, in whatever layout it is stored. */
import type { ByteRange } from '../../../player/core/dash/presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';

/** A whole file, or a range of one. */
export interface MediaPlace {
  /** Name inside the version's folder. */
  readonly file: string;
  readonly range?: ByteRange;
}

export interface MediaPlaces {
  readonly initialization: MediaPlace;
  /** In order. */
  readonly segments: readonly MediaPlace[];
}

export function placesOf({ stored, segments }: MadeRepresentation): MediaPlaces {
  if (stored.layout === 'files') {
    const { folder } = stored;
    return {
      initialization: { file: `${folder}/init.mp4` },
      segments: segments.map((_, i) => ({ file: `${folder}/${i + 1}.m4s` })),
    };
  }
  const { file, initializationBytes, indexBytes } = stored;
  let next = initializationBytes + indexBytes;
  return {
    initialization: { file, range: { first: 0, last: initializationBytes - 1 } },
    segments: segments.map(({ bytes }) => {
      next += bytes;
      return { file, range: { first: next - bytes, last: next - 1 } };
    }),
  };
}
