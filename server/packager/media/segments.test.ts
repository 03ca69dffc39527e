/** Cutting: nothing lost, nothing doubled, and segments begin where they should. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fragment } from './fragmented-file.ts';
import { bytesOf, durationTicksOf, segmentEachFragment, segmentNear } from './segments.ts';

/** Fragments of these durations, one behind the other. */
function fragmentsOf(durations: readonly number[]): Fragment[] {
  let startTicks = 0;
  return durations.map((durationTicks, i) => {
    const fragment = {
      startTicks,
      durationTicks,
      earliestTicks: startTicks,
      endTicks: startTicks + durationTicks,
      startsWithSync: true,
      samples: 1,
      position: i * 10,
      bytes: 10,
      moofBytes: 5,
    };
    startTicks += durationTicks;
    return fragment;
  });
}

const durations = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 });
const starts = fc.array(fc.nat(3000), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));

test('the segments together are all fragments in order, however they are cut', () => {
  fc.assert(
    fc.property(durations, starts, (list, wanted) => {
      const fragments = fragmentsOf(list);
      expect(segmentNear(fragments, wanted).flat()).toEqual(fragments);
      expect(segmentEachFragment(fragments).flat()).toEqual(fragments);
    }),
  );
});

test('each wanted start is within half a fragment of a segment, if fragments are alike', () => {
  const fragments = fragmentsOf(new Array<number>(400).fill(47));
  const wanted = Array.from({ length: 90 }, (_, i) => i * 187.5);
  const begins = segmentNear(fragments, wanted).map(([first]) => first.startTicks);
  expect(begins).toHaveLength(90);
  for (const [i, begin] of begins.entries()) expect(Math.abs(begin - i * 187.5)).toBeLessThanOrEqual(23.5);
});

test('a tail shorter than half a segment joins the one before; a longer one stays', () => {
  const lengths = (list: number[]): number[] => segmentEachFragment(fragmentsOf(list)).map(durationTicksOf);
  expect(lengths([96, 96, 3])).toEqual([96, 99]);
  expect(lengths([96, 96, 48])).toEqual([96, 96, 48]);
  expect(lengths([3])).toEqual([3]);
});

test('a segment has the bytes of its fragments', () => {
  expect(segmentEachFragment(fragmentsOf([96, 96, 3])).map(bytesOf)).toEqual([10, 20]);
});
