/** Whether picture and sound begin and end with their period, what is skipped in front left out. */
import type { ClaimedPeriod } from './claims.ts';
import type { ReadMedia } from './read-media.ts';
import type { TrackFacts } from './track-facts.ts';
import { type Comparison, compare, type Finding } from './verdict.ts';

/** Seconds that an encoder may need to warm up; Opus recommends 0.08. */
const LONGEST_PRIMING = 0.25;

/** Equal in what people hear: rounded to the microsecond, as an MPD is. */
const ROUNDING = 2e-6;

interface Surroundings {
  readonly period: ClaimedPeriod;
  /** Whether no other period takes over what goes on past the end. */
  readonly isAlone: boolean;
  /** Seconds of the longest frame in the period: a picture cannot be cut to where the sound ends. */
  readonly longestFrame: number;
}

export function checkEnds(media: ReadMedia, { period, isAlone, longestFrame }: Surroundings): Finding {
  const { claim, track, segments } = media;
  const first = segments[0]?.facts;
  if (!first) return { check: 'ends', representation: claim.id, looked: 0, faults: [] };
  const offset = claim.representation.timestampOffset - editedSeconds(track);
  const frame = frameOf(media);
  const start = first.earliestTicks / track.timescale + offset - period.start;
  const endTicks = segments.reduce((end, { facts }) => Math.max(end, facts.endTicks), 0);
  const difference = endTicks / track.timescale + offset - period.end;
  const earliest = claim.contentType === 'audio' ? LONGEST_PRIMING : frame - ROUNDING;
  const comparisons: Comparison[] = [
    [start < frame - ROUNDING, `It starts ${ms(start)} after its period.`],
    [!isAlone || start > -earliest, `It starts ${ms(-start)} before its period.`],
    [
      difference > ROUNDING - frame,
      `It ends ${ms(-difference)} before its period, a frame lasts ${ms(frame)}.`,
    ],
    [
      !isAlone || difference < longestFrame - ROUNDING,
      `It ends ${ms(difference)} after its period, a frame lasts ${ms(longestFrame)}.`,
    ],
  ];
  return compare('ends', { representation: claim.id }, comparisons);
}

/** Seconds; 0 when nothing of it can be read. */
export function frameOf({ segments: [first], track }: ReadMedia): number {
  return first ? first.facts.durationTicks / first.facts.samples / track.timescale : 0;
}

/** What an edit list of one entry skips. */
function editedSeconds({ edits, timescale }: TrackFacts): number {
  const [edit] = edits;
  return edit && edits.length === 1 && edit.mediaTimeTicks > 0 ? edit.mediaTimeTicks / timescale : 0;
}

function ms(seconds: number): string {
  return `${Number((seconds * 1000).toFixed(3))} ms`;
}
