/** Runs all checks over one period: each representation for itself, then those that are interchangeable against each other. */
import type { XmlElement } from '../../player/core/dash/xml-element.ts';
import { checkAlignment } from './check-alignment.ts';
import { checkEnds, frameOf } from './check-ends.ts';
import { checkFormat } from './check-format.ts';
import { checkInitialization } from './check-initialization.ts';
import { checkPriming } from './check-priming.ts';
import { checkRate } from './check-rate.ts';
import { checkSidecar, isSidecar } from './check-sidecar.ts';
import { checkPictures, checkSync } from './check-sync.ts';
import { checkTimes } from './check-times.ts';
import type { Claim, ClaimedPeriod, ClaimedSet, Claims } from './claims.ts';
import type { FolderReader } from './folder-reader.ts';
import { type ReadMedia, readMedia } from './read-media.ts';
import type { Finding } from './verdict.ts';

interface PeriodOptions {
  readonly reader: FolderReader;
  readonly signal: AbortSignal;
  /** Whether it is a title of ours, whose pictures are cut at the same times in all codecs. */
  readonly isTitle: boolean;
  /** Whether media are read too. */
  readonly isFull: boolean;
}

interface VerifiedPeriod {
  readonly media: readonly ReadMedia[];
  readonly findings: readonly Finding[];
}

/** @throws the signal's reason. */
export async function verifyPeriod(
  period: ClaimedPeriod,
  claims: Claims,
  options: PeriodOptions,
): Promise<VerifiedPeriod> {
  const findings: Finding[] = [];
  const sets: (readonly [ClaimedSet, readonly ReadMedia[]])[] = [];
  for (const set of period.sets) {
    const read: ReadMedia[] = [];
    for (const claim of set.representations) {
      const verified = await verifyOne(claim, claims, options);
      findings.push(...verified.findings);
      if (verified.media) read.push(verified.media);
    }
    sets.push([set, read]);
  }
  findings.push(...sets.flatMap(([set, read]) => (isAligned(set.element) ? checkAlignment(read) : [])));
  if (options.isTitle) {
    const pictures = sets.filter(([set]) => set.contentType === 'video');
    findings.push(...checkAlignment(pictures.flatMap(([, read]) => read.slice(0, 1))));
  }
  const media = sets.flatMap(([, read]) => read);
  findings.push(...endsOf(media, { period, isAlone: claims.periods.length === 1 }));
  return { media, findings };
}

function endsOf(
  media: readonly ReadMedia[],
  surroundings: { period: ClaimedPeriod; isAlone: boolean },
): Finding[] {
  const heardOrSeen = media.filter(({ claim }) => claim.contentType !== 'text');
  const longestFrame = Math.max(...heardOrSeen.map(frameOf));
  return heardOrSeen.map((each) => checkEnds(each, { ...surroundings, longestFrame }));
}

async function verifyOne(
  claim: Claim,
  { mpd, presentation }: Claims,
  { reader, signal, isTitle, isFull }: PeriodOptions,
): Promise<{ media?: ReadMedia; findings: readonly Finding[] }> {
  if (isSidecar(claim)) return { findings: await checkSidecar(claim, reader, signal) };
  const { media, findings } = await readMedia(claim, reader, signal);
  if (!media) return { findings };
  const checks = [
    checkInitialization(media, mpd, isTitle),
    checkFormat(media),
    checkTimes(media),
    checkPriming(media, isTitle),
    checkSync(media),
    ...(isFull ? await checkPictures(media, reader, signal) : []),
    checkRate(media, { minBufferTime: presentation.minBufferTime, isWhole: isTitle }),
  ];
  return { media, findings: [...findings, ...checks] };
}

function isAligned({ attributes }: XmlElement): boolean {
  return ['segmentAlignment', 'subsegmentAlignment'].some((name) => {
    const value = attributes.get(name);
    return value !== undefined && value !== 'false' && value !== '0';
  });
}
