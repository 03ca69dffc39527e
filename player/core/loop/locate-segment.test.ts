import { expect, test } from 'vitest';
import type { SegmentList } from '../dash/presentation.ts';
import { locateSegment } from './locate-segment.ts';

/** Segments between the given boundaries. */
function listOf(...boundaries: number[]): SegmentList {
  const count = boundaries.length - 1;
  const at = (i: number) => {
    const start = boundaries[i];
    const end = boundaries[i + 1];
    return start === undefined || end === undefined
      ? undefined
      : { start, duration: end - start, urls: [`${i}`] };
  };
  return {
    count,
    at,
    positionAt: (time) =>
      boundaries.slice(1).findIndex((end) => time < end) + (time < (boundaries[count] ?? 0) ? 0 : count + 1),
  };
}

const video = listOf(0, 4, 8, 12);

test('a seek gets the segment that covers its target, also just before its end', () => {
  expect(locateSegment(video, 3.9, false)?.urls).toEqual(['0']);
});

test('after a segment comes the next one', () => {
  expect(locateSegment(video, 4, true)?.urls).toEqual(['1']);
});

test('a boundary that lies a little later in the other list is the same boundary', () => {
  expect(locateSegment(video, 3.99, true)?.urls).toEqual(['1']);
});

test('segments of a fifth of a second are not skipped', () => {
  expect(locateSegment(listOf(0, 0.2, 0.4, 0.6), 0.21, true)?.urls).toEqual(['1']);
});

test('behind the last segment there is none', () => {
  expect(locateSegment(video, 12, true)).toBeUndefined();
  expect(locateSegment(video, 11.99, true)).toBeUndefined();
});
