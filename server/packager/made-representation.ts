/** One finished representation: where its bytes are stored, what its boxes say, and what follows from them. */
import type { Track } from '../../player/core/mp4/initialization.ts';
import { averageOf, bandwidthOf, type SizedSegment } from './bandwidth.ts';
import type { Ratio } from './ratio.ts';

export interface MadeRepresentation {
  readonly id: string;
  readonly stored: StoredMedia;
  /** As encoded, edit list included. */
  readonly track: Track;
  /** In order of time; at least one. */
  readonly segments: readonly MadeSegment[];
  /** Frames per second; video alone. */
  readonly frameRate?: Ratio;
}

/** One entry of the segment index, or one file. Times are decode times in the track's ticks, priming included. */
export interface MadeSegment {
  readonly startTicks: number;
  readonly durationTicks: number;
  /** When the last of its samples in presentation order has been shown. */
  readonly endTicks: number;
  readonly bytes: number;
  /** Hexadecimal, over exactly these bytes. */
  readonly sha256: string;
}

export type StoredMedia = IndexedFile | SegmentFiles;

/** One file: initialization, segment index, then the segments one behind the other. */
export interface IndexedFile {
  readonly layout: 'indexed';
  /** Name inside the version's folder, as `video-720.mp4`. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Bytes of the initialization; the index follows it. */
  readonly initializationBytes: number;
  readonly indexBytes: number;
}

/** A file for the initialization and one for each segment: `<folder>/init.mp4`, `<folder>/1.m4s`, `<folder>/2.m4s` … */
export interface SegmentFiles {
  readonly layout: 'files';
  /** Name inside the version's folder, as `video-720`. */
  readonly folder: string;
  readonly initialization: { readonly bytes: number; readonly sha256: string };
}

/** Seconds and bytes of each segment. */
export function sizedSegments({ segments, track }: MadeRepresentation): SizedSegment[] {
  return segments.map(({ bytes, durationTicks }) => ({ bytes, duration: durationTicks / track.timescale }));
}

/** Bytes of everything that a client can ask for. */
export function bytesOfRepresentation({ stored, segments }: MadeRepresentation): number {
  if (stored.layout === 'indexed') return stored.bytes;
  return segments.reduce((sum, { bytes }) => sum + bytes, stored.initialization.bytes);
}

/** Seconds on the presentation's time line at which the last sample has been shown. */
export function endOf({ segments, track }: MadeRepresentation): number {
  const endTicks = Math.max(...segments.map((segment) => segment.endTicks));
  return (endTicks - track.skipTicks) / track.timescale;
}

/** Bits per second of the dearest segment. */
export function peakOf(made: MadeRepresentation): number {
  return sizedSegments(made).reduce((most, { bytes, duration }) => Math.max(most, (bytes * 8) / duration), 0);
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
