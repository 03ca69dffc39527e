/** Whether a player can begin with each segment: its first sample needs no other, and none behind it is shown before it. */
import { attribute } from '../../player/core/dash/attributes.ts';
import type { ReadMedia, ReadSegment } from './read-media.ts';
import type { Fault, Finding } from './verdict.ts';

export function checkSync({ claim, segments }: ReadMedia): Finding {
  const claimedType = sapTypeOf(
    attribute(claim.levels, 'startWithSAP') ?? attribute(claim.levels, 'subsegmentStartsWithSAP'),
  );
  const faults = segments.flatMap((segment): Fault[] => {
    const sentence = sentenceOf(segment, segment.claimed.sapType || claimedType);
    const { number, facts } = segment;
    const place = { representation: claim.id, segment: number, file: facts.file, byte: facts.first };
    return sentence ? [{ check: 'sync', ...place, sentence }] : [];
  });
  return { check: 'sync', representation: claim.id, looked: segments.length, faults };
}

/** SAP type 1: all that follows in decoding order also follows on the screen (ISO/IEC 14496-12 §I). */
function sentenceOf({ facts }: ReadSegment, claimedType: number): string | undefined {
  if (!facts.startsWithSync) return 'It does not begin with a sync sample.';
  if (claimedType === 1 && facts.hasLeading)
    return 'It is said to begin with a stream access point of type 1, but a sample behind the first is shown before it.';
  return undefined;
}

/** 0 when nothing is claimed. */
function sapTypeOf(text: string | undefined): number {
  return Number(text) || 0;
}
