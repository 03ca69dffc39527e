/** Finds the segments that the MPD itself names: SegmentTemplate and SegmentList. */

import type { Resource, SegmentList } from '../../player/core/dash/presentation.ts';
import { timedLevel } from '../../player/core/dash/read-timing.ts';
import { childNamed, childrenNamed, type XmlElement } from '../../player/core/dash/xml-element.ts';
import type { Claim } from './claims.ts';
import { type FolderReader, type Stretch, UnreadableError } from './folder-reader.ts';
import type { ClaimedSegment, LocatedMedia } from './located-media.ts';
import { compare, type Finding } from './verdict.ts';

/** @throws UnreadableError when there is no initialization. */
export async function locateListed(
  claim: Claim,
  list: SegmentList,
  reader: FolderReader,
): Promise<LocatedMedia> {
  const { chain, line } = claim.information;
  const timed = timedLevel(chain);
  const timeline = timed && childNamed(timed, 'SegmentTimeline');
  const offset = Number(line.offsetTicks) / line.timescale;
  const claimAt = async (position: number): Promise<ClaimedSegment> => {
    const segment = list.at(position);
    if (!segment) throw new UnreadableError('The MPD does not name it.');
    const { start, duration } = segment;
    const slack = timeline ? 0 : duration / 2;
    return {
      ...(await stretchOf(segment, reader)),
      start: start - line.start + offset,
      duration,
      clock: line.timescale,
      slack,
    };
  };
  const { initialization } = claim.representation;
  return {
    initialization: initialization ? await stretchOf(initialization, reader) : await claimAt(0),
    count: list.count,
    claimAt,
    findings: timeline ? [countFinding(claim, timeline, list.count)] : [],
  };
}

/** The whole file, or the range of it. */
async function stretchOf({ urls, range }: Resource, reader: FolderReader): Promise<Stretch> {
  const file = reader.nameOf(urls[0] ?? '');
  const size = await reader.sizeOf(file);
  if (size === undefined) throw new UnreadableError(`There is no file "${file}".`);
  if (!range) return { file, first: 0, end: size };
  if (range.last < size) return { file, first: range.first, end: range.last + 1 };
  throw new UnreadableError(
    `Bytes ${range.first}-${range.last} of "${file}" are claimed, it has ${size}.`,
    range.first,
  );
}

/** A timeline that goes on past the end of its period promises segments that nobody asks for. */
function countFinding(claim: Claim, timeline: XmlElement, count: number): Finding {
  const elements = childrenNamed(timeline, 'S');
  const repetitions = elements.map(({ attributes }) => Number(attributes.get('r') ?? 0));
  const isOpen = repetitions.some((repetition) => repetition < 0);
  const written = repetitions.reduce((sum, repetition) => sum + repetition + 1, 0);
  return compare('times', { representation: claim.id }, [
    [
      isOpen || written === count,
      `Its timeline lists ${written} segments, of which ${count} lie inside the period.`,
    ],
  ]);
}
