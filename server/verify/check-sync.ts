/** Whether a player can begin with each segment: its first sample needs no other, and none behind it is shown before it. */
import { attribute } from '../../player/core/dash/attributes.ts';
import { readAvcPicture } from '../../player/core/mp4/avc-picture.ts';
import type { FolderReader } from './folder-reader.ts';
import type { ReadMedia, ReadSegment } from './read-media.ts';
import { faultOf } from './unreadable.ts';
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

/** Enough for what stands before the first slice of a picture, but not always: encoders write about themselves there. */
const HEAD_BYTES = 4096;

/**
 * Looks at the pictures themselves: what is called a sync sample must be an IDR picture. Of AVC alone, as far as it is not
 * protected. @throws the signal's reason.
 */
export async function checkPictures(
  media: ReadMedia,
  reader: FolderReader,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { claim, track, segments } = media;
  const { lengthSize } = track.picture ?? {};
  if (lengthSize === undefined || track.isProtected) return [];
  const faults: Fault[] = [];
  for (const { number, facts } of segments) {
    signal.throwIfAborted();
    const { byte, bytes } = facts.firstSample;
    const place = {
      check: 'sync' as const,
      representation: claim.id,
      segment: number,
      file: facts.file,
      byte,
    };
    try {
      const head = await reader.read(facts.file, byte, Math.min(bytes, HEAD_BYTES));
      const isIdr = readAvcPicture(head, lengthSize)?.isIdr;
      if (facts.startsWithSync && isIdr === false)
        faults.push({
          ...place,
          sentence: 'Its first sample is called a sync sample, but is no IDR picture.',
        });
    } catch (error) {
      faults.push(faultOf(error, 'sync', place));
    }
  }
  return [{ check: 'sync', representation: claim.id, looked: segments.length, faults }];
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
