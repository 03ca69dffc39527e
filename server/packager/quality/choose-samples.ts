/** Chooses the segments of a finished film in which its quality is measured, and how much of each. */

export interface Sample {
  /** Position among the segments; 0 is the first. */
  readonly segment: number;
  /** From its beginning. */
  readonly frames: number;
}

export interface SampledFilm {
  readonly segments: number;
  readonly framesPerSegment: number;
  readonly framesPerSecond: number;
  /** Whether the film can be sought in; else its beginning stands for all of it. */
  readonly isSeekable: boolean;
}

/** So that measuring costs less than 3 % of encoding, in a long film much less. */
const SHARE = 0.1;
const LEAST_SECONDS = 0.5;
/** One sample for each so many segments, within these limits. */
const SEGMENTS_FOR_ONE = 4;
const MOST_SAMPLES = 6;

/** Spread evenly, in order of time; at least one sample of at least one frame. The same film always has the same. */
export function chooseSamples(film: SampledFilm): Sample[] {
  const { segments, framesPerSegment, framesPerSecond, isSeekable } = film;
  const count = Math.max(1, Math.min(MOST_SAMPLES, Math.floor(segments / SEGMENTS_FOR_ONE)));
  const affordable = (SHARE * segments * framesPerSegment) / count;
  const wanted = Math.max(LEAST_SECONDS * framesPerSecond, affordable);
  const frames = Math.max(1, Math.min(framesPerSegment, Math.round(wanted)));
  return Array.from({ length: count }, (_, i) => ({
    segment: isSeekable ? Math.floor(((i + 0.5) * segments) / count) : i,
    frames,
  }));
}
