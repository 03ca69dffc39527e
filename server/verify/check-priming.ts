/** Whether the MPD skips what an audio encoder put in front: `@presentationTimeOffset` against what is known of the codec. */
import { offsetOf } from '../../player/core/dash/segment-timing.ts';
import { frameOf } from './check-ends.ts';
import type { ReadMedia } from './read-media.ts';
import { type Comparison, compare, type Finding } from './verdict.ts';

/** Titles of ours have no edit list that could skip it instead. */
export function checkPriming(media: ReadMedia, isTitle: boolean): Finding {
  return compare('times', { representation: media.claim.id }, [
    ...(media.track.edits.length === 0 ? opusComparisons(media) : []),
    ...(isTitle ? aacComparisons(media) : []),
  ]);
}

/** Opus says itself what its decoder throws away, at 48 kHz (RFC 7845 §4.2). */
function opusComparisons({ claim, track }: ReadMedia): Comparison[] {
  const preSkip = track.sound?.preSkip;
  if (preSkip === undefined) return [];
  const { timescale } = claim.information.line;
  const offset = offsetOf(claim.information.line);
  const skipped = preSkip / 48_000;
  const sentence = `@presentationTimeOffset skips ${ms(offset)}, its sample entry ${ms(skipped)}.`;
  return [[Math.abs(offset - skipped) < 1 / timescale, sentence]];
}

const HALF_SAMPLE = 1e-5;

/** The transform of AAC overlaps: what was put in first comes out a frame later, and somebody has to skip that. */
function aacComparisons(media: ReadMedia): Comparison[] {
  if (!media.track.codecs?.startsWith('mp4a.40.')) return [];
  const offset = offsetOf(media.claim.information.line);
  const sentence = `@presentationTimeOffset skips ${ms(offset)}, but AAC begins with a frame that is not to be heard.`;
  return [[offset >= frameOf(media) - HALF_SAMPLE, sentence]];
}

function ms(seconds: number): string {
  return `${Number((seconds * 1000).toFixed(3))} ms`;
}
