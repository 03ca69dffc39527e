import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Action,
  DEFAULT_GOAL_CONFIG,
  type HeldSegment,
  nextAction,
  type StreamView,
} from './next-action.ts';

const CANDIDATES = [
  { id: 'low', bandwidth: 5e5 },
  { id: 'high', bandwidth: 3e6 },
];

function held(...pairs: readonly (readonly [number, number])[]): HeldSegment[] {
  return pairs.map(([start, end]) => ({ start, end, representation: 'low', bytes: 1000 }));
}

function view(over: Partial<StreamView>): StreamView {
  return {
    playhead: 0,
    playbackRate: 1,
    duration: 120,
    held: [],
    candidatesAt: () => CANDIDATES,
    throughput: 5e6,
    latency: 0.05,
    segmentDuration: 4,
    ...over,
  };
}

test('an empty buffer asks for the segment at the playhead', () => {
  expect(nextAction(view({ playhead: 13.7 }))).toMatchObject({
    type: 'fetch',
    time: 13.7,
    continuing: false,
  });
});

test('the segment after the last one held comes next', () => {
  expect(nextAction(view({ held: held([0, 4], [4, 8]) }))).toMatchObject({
    type: 'fetch',
    time: 8,
    continuing: true,
  });
});

test('a hole between held segments is filled first', () => {
  expect(nextAction(view({ held: held([0, 4], [8, 12]) }))).toMatchObject({ type: 'fetch', time: 4 });
});

test('segments that miss each other by less than a frame are one', () => {
  expect(nextAction(view({ held: held([0, 3.98], [4.01, 8]) }))).toMatchObject({ type: 'fetch', time: 8 });
});

test('a full buffer waits', () => {
  expect(nextAction(view({ held: held([0, 31]) })).type).toBe('wait');
});

test('a buffer full of bytes waits, whatever its seconds', () => {
  const heavy = [{ start: 0, end: 8, representation: 'high', bytes: DEFAULT_GOAL_CONFIG.byteGoal }];
  expect(nextAction(view({ held: heavy })).type).toBe('wait');
});

test('audio does not run away from video', () => {
  expect(nextAction(view({ held: held([0, 20]), otherAhead: 4 })).type).toBe('wait');
  expect(nextAction(view({ held: held([0, 20]), otherAhead: 18 })).type).toBe('fetch');
});

test('everything held: the end, also when the last sample ends a little before the duration', () => {
  expect(nextAction(view({ playhead: 100, held: held([96, 119.95]) })).type).toBe('end');
});

test('a seek to the very end still asks for the last segment', () => {
  expect(nextAction(view({ playhead: 120 }))).toMatchObject({ type: 'fetch' });
});

test('media played long ago is taken out, ending at a segment', () => {
  const action = nextAction(view({ playhead: 50, held: held([0, 4], [4, 8], [8, 12], [48, 52]) }));
  expect(action).toEqual({ type: 'trim', start: 0, end: 12 });
});

test('a removal never begins before 0, although audio does by its priming', () => {
  const action = nextAction(view({ playhead: 50, held: held([-0.02, 4], [4, 8], [48, 52]) }));
  expect(action).toEqual({ type: 'trim', start: 0, end: 8 });
});

test('at the end nothing is taken out any more: that would open the ended stream again', () => {
  expect(nextAction(view({ playhead: 110, held: held([0, 4], [108, 120]) })).type).toBe('end');
});

test('a short seek back costs nothing: the back buffer stays', () => {
  expect(nextAction(view({ playhead: 35, held: held([0, 4], [34, 38]) })).type).toBe('fetch');
});

/** What a stream would hold and where the playhead would be after an action, with segments of `step` seconds. */
function perform(now: StreamView, action: Action, step: number): StreamView {
  if (action.type === 'wait') return { ...now, playhead: Math.min(120, now.playhead + action.seconds) };
  if (action.type === 'trim') return { ...now, held: now.held.filter((s) => s.start >= action.end) };
  if (action.type === 'end') return now;
  const first = Math.floor(action.time / step + (action.continuing ? 1e-6 : 0)) * step;
  const segment = { start: first, end: Math.min(120, first + step), representation: 'low', bytes: 1 };
  return { ...now, held: [...now.held, segment].sort((a, b) => a.start - b.start) };
}

test('law: performing what is asked, from any playhead, always comes to the end', () => {
  const seconds = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(seconds(0, 120), seconds(1, 9), (playhead, step) => {
      let now = view({ playhead });
      let action = nextAction(now);
      for (let turns = 0; turns < 1000 && action.type !== 'end'; turns++) {
        now = perform(now, action, step);
        action = nextAction(now);
      }
      expect(action.type).toBe('end');
    }),
  );
});
