/** Chapters as people need them, whatever the file says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChapters } from './read-chapters.ts';

test('they are put in order, end where the next begins, and count from the first time stamp', () => {
  const chapters = [
    { start_time: '70.0', end_time: '90.0', tags: { title: ' The end ' } },
    { start_time: '10.0', end_time: '90.0' },
  ];
  expect(readChapters({ format: { start_time: '10.0' }, chapters })).toEqual([
    { start: 0, end: 60, title: '' },
    { start: 60, end: 80, title: 'The end' },
  ]);
  expect(readChapters({})).toEqual([]);
});

test('whatever the times are, chapters last and do not overlap', () => {
  const time = fc.oneof(fc.double({ noNaN: true, min: -10, max: 100 }).map(String), fc.constant('N/A'));
  const chapter = fc.record({ start_time: time, end_time: time });
  fc.assert(
    fc.property(fc.array(chapter), time, (chapters, start_time) => {
      const read = readChapters({ format: { start_time }, chapters });
      for (const [i, { start, end }] of read.entries()) {
        expect(start).toBeGreaterThanOrEqual(read[i - 1]?.end ?? 0);
        expect(end).toBeGreaterThan(start);
      }
    }),
  );
});
