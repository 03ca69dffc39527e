/** The statistics of encoded frames as ffmpeg really writes them, and the rate of segments from a shorter shot. */
import { expect, test } from 'vitest';
import { readFrameSizes, segmentRate } from './frame-sizes.ts';

const STATISTICS = `out=  0 st=  0 frame=     0 q= 28.0 f_size=  35788 s_size=        0kB time= 0.010 br=  6871.3kbits/s avg_br=     0.0kbits/s type= I
out=  1 st=  0 frame=     0 q= 35.0 f_size=  19590 s_size=        0kB time= 0.010 br=  3761.3kbits/s avg_br=     0.0kbits/s type= I
out=  0 st=  0 frame=     1 q= 28.0 f_size=  13946 s_size=       35kB time= 0.010 br=  2677.6kbits/s avg_br= 28630.4kbits/s type= P
`;

test('sizes come by output and in order', () => {
  expect([...readFrameSizes(STATISTICS)]).toEqual([
    [0, [35_788, 13_946]],
    [1, [19_590]],
  ]);
  expect(readFrameSizes('').size).toBe(0);
});

test('a segment has one sync picture, however short the shot, and goes on as the shot ends', () => {
  const segment = { frames: 100, framesPerSecond: 25 };
  const rate = (8 * (1000 + 99 * 100)) / 4;
  expect(segmentRate([1000, 100, 100, 100], segment)).toBeCloseTo(rate, 9);
  expect(segmentRate([1000, ...Array<number>(49).fill(100)], segment)).toBeCloseTo(rate, 9);
  const settling = [1000, ...Array<number>(20).fill(10), ...Array<number>(29).fill(100)];
  expect(segmentRate(settling, segment)).toBeCloseTo((8 * (1200 + 79 * 100)) / 4, 9);
  expect(segmentRate([1000], segment)).toBeCloseTo(8 * 1000 * 25, 9);
});

test('a shot that is longer than a segment says it all', () => {
  expect(segmentRate([1000, 10, 20, 5, 5, 5], { frames: 3, framesPerSecond: 1 })).toBeCloseTo(
    (8 * 1030) / 3,
    9,
  );
});
