/** One media playlist against the representation whose bytes it lists: the same segments, as long, from the same start on. */

import { offsetOf } from '../../../player/core/dash/segment-timing.ts';
import type { FolderReader, Stretch } from '../folder-reader.ts';
import { UnreadableError } from '../folder-reader.ts';
import { type ReadMedia, readInitialization } from '../read-media.ts';
import type { SegmentFacts } from '../segment-facts.ts';
import type { TrackFacts } from '../track-facts.ts';
import { type Comparison, compare, type Finding } from '../verdict.ts';
import type { MediaPlaylist, Place } from './read-playlist.ts';

export interface ListedMedia {
  readonly playlist: MediaPlaylist;
  readonly media: ReadMedia;
}

/** Where the first segment of a playlist lies tells which representation is meant. */
export function representationOf(
  stretches: readonly Stretch[],
  media: readonly ReadMedia[],
): ReadMedia | undefined {
  const [first] = stretches;
  return media.find(({ segments }) => {
    const facts = segments[0]?.facts;
    return facts?.file === first?.file && facts?.first === first?.first;
  });
}

/** @throws UnreadableError for a URI that leads nowhere. */
export async function stretchOf({ uri, range }: Place, base: string, reader: FolderReader): Promise<Stretch> {
  const file = reader.nameOf(new URL(uri, base).href);
  const size = await reader.sizeOf(file);
  if (size === undefined) throw new UnreadableError(`It names "${file}", which is not there.`);
  if (!range) return { file, first: 0, end: size };
  if (range.last < size) return { file, first: range.first, end: range.last + 1 };
  throw new UnreadableError(`It names bytes ${range.first}-${range.last} of "${file}", which has ${size}.`);
}

export async function checkMediaPlaylist(
  file: string,
  { playlist, media }: ListedMedia,
  { stretches, base, reader }: { stretches: readonly Stretch[]; base: string; reader: FolderReader },
): Promise<Finding[]> {
  const { claim, segments, track } = media;
  const place = { representation: claim.id, file };
  const expected = segments.map(({ facts }) => (playlist.isKeyPictures ? openingOf(facts) : facts));
  const wrong = segments.find((_, i) => !isSame(expected[i], stretches[i]));
  const skipped = offsetOf(claim.information.line) + skippedBy(track);
  const initialization = playlist.map
    ? await readInitialization(await stretchOf(playlist.map, base, reader), reader)
    : track;
  const edited = skippedBy(initialization);
  return [
    compare('files', place, [
      [
        segments.length === stretches.length,
        `It lists ${stretches.length} segments, the MPD ${segments.length}.`,
      ],
      [
        wrong === undefined,
        playlist.isKeyPictures
          ? `It has the first picture of segment ${wrong?.number} elsewhere than the boxes.`
          : `It has segment ${wrong?.number} elsewhere than the MPD.`,
      ],
    ]),
    compare('times', place, [
      ...durationComparisons(playlist, media, skipped),
      [
        claim.contentType !== 'audio' || Math.abs(edited - skipped) < 1 / track.timescale,
        `Its initialization leaves ${rounded(edited)} s out, those who play the MPD ${rounded(skipped)} s.`,
      ],
    ]),
  ];
}

function isSame(a: Stretch | undefined, b: Stretch | undefined): boolean {
  return a?.file === b?.file && a?.first === b?.first && a?.end === b?.end;
}

/** Up to the end of the first sample. */
function openingOf({ file, first, firstSample }: SegmentFacts): Stretch {
  return { file, first, end: firstSample.byte + firstSample.bytes };
}

/** Seconds in front that an edit list leaves out. */
function skippedBy({ edits, timescale }: TrackFacts): number {
  return (edits.find(({ mediaTimeTicks }) => mediaTimeTicks > 0)?.mediaTimeTicks ?? 0) / timescale;
}

function durationComparisons(playlist: MediaPlaylist, media: ReadMedia, skipped: number): Comparison[] {
  const longest = playlist.segments.reduce((most, { duration }) => Math.max(most, Math.round(duration)), 0);
  const uneven = findUneven(playlist, media, skipped);
  return [
    [playlist.isEnded, 'It has no end (EXT-X-ENDLIST).'],
    [
      playlist.targetDuration >= longest,
      `EXT-X-TARGETDURATION is ${playlist.targetDuration}, a segment lasts ${longest} s.`,
    ],
    [uneven === undefined, uneven ?? ''],
  ];
}

/** EXTINF is written with some six digits. */
const ROUNDING = 2e-6;

/** What is left out in front makes the first segment shorter; some writers leave it as it is. */
function findUneven({ segments }: MediaPlaylist, media: ReadMedia, skipped: number): string | undefined {
  for (const [i, { facts, number }] of media.segments.entries()) {
    const said = segments[i]?.duration;
    const duration = facts.durationTicks / media.track.timescale;
    const candidates = i === 0 ? [duration, duration - skipped] : [duration];
    if (said === undefined || candidates.some((each) => Math.abs(each - said) <= ROUNDING)) continue;
    return `EXTINF of segment ${number} is ${said} s, its samples last ${rounded(duration)} s.`;
  }
  return undefined;
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(6));
}
