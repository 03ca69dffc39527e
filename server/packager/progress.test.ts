/** Progress over several jobs: never backwards, never past what is done, and honest about what a former run has done. */
import { expect, test } from 'vitest';
import type { EncodeJob } from './encode/encode-job.ts';
import { createProgressMeter, type Progress } from './progress.ts';

function jobOf(id: string, seconds: number | undefined): EncodeJob {
  return { id, seconds, input: { file: '', options: [] }, outputs: [] };
}

/** A meter of a film of `duration` on a clock that stands still until it is set, and all that it told. */
function createMeter(duration: number | undefined) {
  const told: Progress[] = [];
  const clock = { time: 0 };
  const meter = createProgressMeter({
    duration,
    now: () => clock.time,
    onProgress: (each) => told.push(each),
  });
  return { meter, told, clock, last: () => told.at(-1) };
}

const at = (seconds: number, framesPerSecond = 0) => ({ seconds, framesPerSecond });

test('the share never falls and never passes what is done, even if a job is longer than it said', () => {
  const { meter, told } = createMeter(10);
  for (const seconds of [0, 5, 4, 9, 15]) meter.report(jobOf('0', 10), at(seconds));
  const shares = told.map(({ share }) => share);
  expect(shares).toEqual([0, 0.48, 0.48, 0.864, 0.96]);
});

test('jobs side by side add up, in seconds and in frames', () => {
  const { meter, clock, last } = createMeter(100);
  clock.time = 10;
  meter.report(jobOf('0', 50), at(20, 40));
  meter.report(jobOf('1', 50), at(20, 30));
  expect(last()).toMatchObject({ done: 40, speed: 4, framesPerSecond: 70, remaining: 15 });
});

test('what a former run has done counts as done, but not as speed', () => {
  const { meter, clock, last } = createMeter(100);
  meter.finish(jobOf('0', 50));
  clock.time = 10;
  meter.report(jobOf('1', 50), at(10));
  expect(last()).toMatchObject({ done: 60, speed: 1, remaining: 40 });
});

test('sound beside a picture costs nothing, and a film of unknown length tells what is done', () => {
  const { meter, last } = createMeter(undefined);
  meter.report(jobOf('0', undefined), at(7));
  meter.report(jobOf('sound', 0), at(90));
  meter.finish(jobOf('sound', 0));
  meter.finish(jobOf('0', undefined));
  expect(last()).toMatchObject({ share: undefined, done: 7, remaining: undefined });
});

test('stages behind the encoder go on where it ended', () => {
  const { meter, clock, last } = createMeter(10);
  clock.time = 5;
  meter.report(jobOf('0', 10), at(10));
  meter.finish(jobOf('0', 10));
  meter.enter('pictures');
  expect(last()).toMatchObject({ stage: 'pictures', share: 0.97, remaining: 0 });
});

test('an analysis comes first; its time is not that of the encoder', () => {
  const { meter, told, clock, last } = createMeter(100);
  clock.time = 20;
  meter.analyse(0.5);
  clock.time = 40;
  meter.analyse(1);
  clock.time = 50;
  meter.report(jobOf('0', 100), at(50));
  expect(told.map(({ stage }) => stage)).toEqual(['analyse', 'analyse', 'encode']);
  expect(told.map(({ share }) => share)).toEqual([0.06, 0.12, expect.closeTo(0.54, 9)]);
  expect(last()).toMatchObject({ speed: 5, remaining: 10 });
});
