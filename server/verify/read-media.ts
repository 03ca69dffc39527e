/** Reads all that the boxes of one representation say: initialization, segment index, each segment. */
import { boxPlaces } from './box-places.ts';
import type { Claim } from './claims.ts';
import { type FolderReader, type Stretch, UnreadableError } from './folder-reader.ts';
import { locateIndexed } from './locate-indexed.ts';
import { locateListed } from './locate-listed.ts';
import type { ClaimedSegment, LocatedMedia } from './located-media.ts';
import { readSegmentFacts, type SegmentFacts } from './segment-facts.ts';
import { readTrackFacts, type TrackFacts } from './track-facts.ts';
import { faultOf } from './unreadable.ts';
import { type Check, compare, type Fault, type Finding } from './verdict.ts';

export interface ReadMedia {
  readonly claim: Claim;
  /** May hold the first segment as well, when segments initialize themselves. */
  readonly initialization: Stretch;
  readonly track: TrackFacts;
  /** Those that can be read, in order. */
  readonly segments: readonly ReadSegment[];
}

export interface ReadSegment {
  /** Counted from 1. */
  readonly number: number;
  readonly claimed: ClaimedSegment;
  readonly facts: SegmentFacts;
}

export interface MediaReading {
  /** Absent when nothing can be told of it. */
  readonly media?: ReadMedia;
  readonly findings: readonly Finding[];
}

/** A representation with so many segments that cannot be read needs no more of them to be known as unsound. */
const MOST_FAULTS = 20;
/** Four days of two-second segments. */
const MOST_SEGMENTS = 200_000;

/** @throws the signal's reason. */
export async function readMedia(
  claim: Claim,
  reader: FolderReader,
  signal: AbortSignal,
): Promise<MediaReading> {
  const findings: Finding[] = [];
  let check: Check = 'files';
  try {
    const located = await locate(claim, reader);
    findings.push(...located.findings);
    check = 'boxes';
    const track = await readInitialization(located.initialization, reader);
    if (located.index) findings.push(checkReference(claim, located.index.referenceId, track.id));
    const read = await readSegments(claim, located, { track, reader, signal });
    findings.push(...read.findings);
    const media = { claim, initialization: located.initialization, track, segments: read.segments };
    return { media, findings };
  } catch (error) {
    const faults = [faultOf(error, check, { representation: claim.id })];
    return { findings: [...findings, { check, representation: claim.id, looked: 0, faults }] };
  }
}

function checkReference(claim: Claim, referenceId: number, trackId: number): Finding {
  const sentence = `Its segment index is about track ${referenceId}, its media are track ${trackId}.`;
  return compare('boxes', { representation: claim.id }, [[referenceId === trackId, sentence]]);
}

async function locate(claim: Claim, reader: FolderReader): Promise<LocatedMedia> {
  const { addressing, mimeType } = claim.representation;
  if (/webm/.test(mimeType)) throw new UnreadableError('It is WebM, whose boxes are not looked at.');
  if (addressing.kind === 'index') return locateIndexed(claim, addressing, reader);
  return locateListed(claim, addressing.segments, reader);
}

/** @throws UnreadableError or StreamingError. */
export async function readInitialization(stretch: Stretch, reader: FolderReader): Promise<TrackFacts> {
  const places = await boxPlaces(stretch, reader);
  const moov = places.find(({ type }) => type === 'moov');
  if (!moov) throw new UnreadableError('The initialization holds no moov.', stretch.first);
  return readTrackFacts(await reader.read(stretch.file, stretch.first, moov.end - stretch.first));
}

interface SegmentReading {
  readonly track: TrackFacts;
  readonly reader: FolderReader;
  readonly signal: AbortSignal;
}

async function readSegments(
  claim: Claim,
  located: LocatedMedia,
  reading: SegmentReading,
): Promise<{ segments: ReadSegment[]; findings: Finding[] }> {
  const segments: ReadSegment[] = [];
  const [missing, broken]: [Fault[], Fault[]] = [[], []];
  const count = Math.min(located.count, MOST_SEGMENTS);
  for (let i = 0; i < count && missing.length + broken.length < MOST_FAULTS; i++) {
    reading.signal.throwIfAborted();
    const place = { representation: claim.id, segment: i + 1 };
    try {
      const claimed = await located.claimAt(i);
      const read = await readOne(claimed, { ...place, file: claimed.file, byte: claimed.first }, reading);
      broken.push(...read.faults);
      if (read.facts) segments.push({ number: i + 1, claimed, facts: read.facts });
    } catch (error) {
      missing.push(faultOf(error, 'files', place));
    }
  }
  if (located.count > MOST_SEGMENTS)
    missing.push({
      check: 'files',
      representation: claim.id,
      sentence: `${located.count} segments are claimed: no film is that long.`,
    });
  return {
    segments,
    findings: [
      { check: 'files', representation: claim.id, looked: count, faults: missing },
      { check: 'boxes', representation: claim.id, looked: segments.length, faults: broken },
    ],
  };
}

async function readOne(
  claimed: ClaimedSegment,
  place: Omit<Fault, 'check' | 'sentence'>,
  { track, reader }: SegmentReading,
): Promise<{ facts?: SegmentFacts; faults: Fault[] }> {
  try {
    const facts = await readSegmentFacts(claimed, track, reader);
    return { facts, faults: facts.flaws.map((flaw) => ({ check: 'boxes', ...place, ...flaw })) };
  } catch (error) {
    return { faults: [faultOf(error, 'boxes', place)] };
  }
}
