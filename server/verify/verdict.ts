/** What a verification says: how much was looked at, and what is wrong, as data for people, programs and the report. */

/**
 * - `files`: what is named is there, has the size that is claimed, and its byte ranges leave nothing out.
 * - `boxes`: they can be read, carry the right brands, no edit list, and samples that fill their `mdat`.
 * - `format`: codecs, size, shape, frame rate, sampling rate and channels are those of the sample entry.
 * - `times`: starts and durations are those of `tfdt` and `trun`, one segment behind the other.
 * - `sync`: segments begin with a sample that needs no other, and nothing behind it is shown before it.
 * - `rate`: `@bandwidth` is enough for whoever buffers `minBufferTime` first.
 * - `align`: segments of all representations that are interchangeable begin at the same times.
 * - `ends`: begins and ends with the presentation, priming left out.
 * - `digests`: SHA-256 of files and segments.
 */
export const CHECKS = [
  'files',
  'boxes',
  'format',
  'times',
  'sync',
  'rate',
  'align',
  'ends',
  'digests',
] as const;
export type Check = (typeof CHECKS)[number];

/** Where a fault is, as far as it can be told. */
export interface Place {
  /** Id of the representation; with its period's in front when there are several periods. */
  readonly representation?: string;
  /** Counted from 1. */
  readonly segment?: number;
  /** Path inside the folder of the MPD. */
  readonly file?: string;
  /** Position in the file. */
  readonly byte?: number;
}

export interface Fault extends Place {
  readonly check: Check;
  /** What is claimed, and what is there. */
  readonly sentence: string;
}

/** The answer of one check. A check that looked at nothing has found nothing out. */
export interface Finding {
  readonly check: Check;
  /** Whose it is; absent when it belongs to the whole. */
  readonly representation?: string;
  /** Files, boxes, attributes, segments … that were compared. */
  readonly looked: number;
  readonly faults: readonly Fault[];
}

export type Looked = Readonly<Partial<Record<Check, number>>>;

export interface RepresentationVerdict {
  readonly id: string;
  readonly contentType: string;
  readonly segments: number;
  readonly looked: Looked;
  readonly faults: readonly Fault[];
}

export interface Verdict {
  /** Whether there is no fault anywhere. */
  readonly isSound: boolean;
  /** Base name of the MPD, or of the folder in which there is none. */
  readonly name: string;
  readonly representations: readonly RepresentationVerdict[];
  /** Of the presentation as a whole: those that belong to no single representation. */
  readonly looked: Looked;
  readonly faults: readonly Fault[];
  /** What could not be looked at and is no fault of its own, as media on another server. */
  readonly remarks: readonly string[];
}

export function lookedAt(findings: readonly Finding[]): Looked {
  const sums: Partial<Record<Check, number>> = {};
  for (const { check, looked } of findings) sums[check] = (sums[check] ?? 0) + looked;
  return sums;
}

export function faultsIn(findings: readonly Finding[]): Fault[] {
  return findings.flatMap(({ faults }) => faults);
}

/** All faults of a verdict, those of the whole first. */
export function allFaults({ faults, representations }: Verdict): readonly Fault[] {
  return [...faults, ...representations.flatMap((representation) => representation.faults)];
}

/** How many claims were looked at, by all checks together. */
export function claimsIn({ looked, representations }: Verdict): number {
  return [looked, ...representations.map((representation) => representation.looked)]
    .flatMap((each) => Object.values(each))
    .reduce((sum, count) => sum + count, 0);
}

/** A comparison that either holds or is a fault. */
export type Comparison = readonly [isTrue: boolean, sentence: string];

export function compare(check: Check, place: Place, comparisons: readonly Comparison[]): Finding {
  const faults = comparisons.flatMap(([isTrue, sentence]) => (isTrue ? [] : [{ check, sentence, ...place }]));
  const owner = place.representation === undefined ? {} : { representation: place.representation };
  return { check, looked: comparisons.length, faults, ...owner };
}

/** `video-720, segment 3, byte 12345 of v/video-720.mp4: It does not …` */
export function describeFault({ representation, segment, file, byte, sentence }: Fault): string {
  const inFile = byte === undefined ? file : `byte ${byte}${file ? ` of ${file}` : ''}`;
  const places = [representation, segment === undefined ? undefined : `segment ${segment}`, inFile];
  const place = places.filter((part) => part !== undefined).join(', ');
  return place === '' ? sentence : `${place}: ${sentence}`;
}
