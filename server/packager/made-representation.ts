/** One finished representation: the published file, what its boxes say, and what follows from them. */
import type { Track } from '../../player/core/mp4/initialization.ts';
import { averageOf, bandwidthOf, type SizedSegment } from './bandwidth.ts';
import type { Ratio } from './ratio.ts';
import { bytesOf, durationTicksOf, type Segment } from './segments.ts';
import type { IndexedFile } from './write-indexed-file.ts';

export interface MadeRepresentation {
  readonly id: string;
  readonly file: IndexedFile;
  /** As encoded, edit list included. */
  readonly track: Track;
  /** In order of time; at least one. */
  readonly segments: readonly Segment[];
  /** Frames per second; video alone. */
  readonly frameRate?: Ratio;
  /** BCP 47, empty when unknown. */
  readonly lang: string;
}

/** Seconds and bytes of each segment. */
export function sizedSegments({ segments, track }: MadeRepresentation): SizedSegment[] {
  return segments.map((segment) => ({
    bytes: bytesOf(segment),
    duration: durationTicksOf(segment) / track.timescale,
  }));
}

/** Seconds on the presentation's time line at which the last sample has been shown. */
export function endOf({ segments, track }: MadeRepresentation): number {
  const endTicks = Math.max(...segments.flat().map((fragment) => fragment.endTicks));
  return (endTicks - track.skipTicks) / track.timescale;
}

/** The longest segment of all, in seconds. */
export function longestSegment(representations: readonly MadeRepresentation[]): number {
  return Math.max(...representations.flatMap(sizedSegments).map((segment) => segment.duration));
}

/** Bits per second: what `@bandwidth` must promise, and the average over the whole. */
export function ratesOf(
  made: MadeRepresentation,
  minBufferTime: number,
): { bandwidth: number; averageBandwidth: number } {
  const sized = sizedSegments(made);
  return { bandwidth: bandwidthOf(sized, minBufferTime), averageBandwidth: Math.round(averageOf(sized)) };
}
