import { expect, test } from 'vitest';
import { HAVE_FUTURE_DATA, type Observation } from './media-element.ts';
import { createPlayback } from './playback.ts';
import { createSessionLog } from './session-log.ts';

const PLAYING: Observation = {
  playhead: 5,
  playbackRate: 1,
  paused: false,
  ended: false,
  seeking: false,
  readyState: HAVE_FUTURE_DATA,
  buffered: [{ start: 0, end: 20 }],
};

/** A playback that has begun, and what it sees next. */
function watch() {
  let seen = PLAYING;
  let clock = 0;
  const nudged: number[] = [];
  const log = createSessionLog(() => clock);
  const playback = createPlayback({
    log,
    media: { observe: () => seen, seek: (to) => nudged.push(to) },
    isAway: () => false,
    isFailed: () => false,
    isDisposed: () => false,
    dealtWith: () => 15,
    shownAt: () => 'v1',
    onSeek: () => undefined,
    onGiveUp: () => undefined,
  });
  playback.look('first-frame');
  return {
    log,
    playback,
    nudged,
    pass(seconds: number) {
      clock += seconds;
    },
    see(next: Partial<Observation>) {
      seen = { ...seen, ...next };
    },
  };
}

test('a look between a seek and its event takes the seek for no stall', () => {
  const { log, playback, see } = watch();
  see({ playhead: 12, seeking: true, readyState: 1 });
  playback.look('look');
  playback.look('seeking');
  see({ seeking: false, readyState: HAVE_FUTURE_DATA });
  playback.look('seeked');
  const states = log.events().flatMap((event) => (event.type === 'state' ? [event.state] : []));
  expect(states).toEqual(['playing', 'seeking', 'playing']);
  expect(log.events().some(({ type }) => type === 'stall')).toBe(false);
});

test('no data where the playhead stands is a stall', () => {
  const { log, playback, see } = watch();
  see({ readyState: 2, buffered: [{ start: 0, end: 5 }] });
  playback.look('waiting');
  expect(playback.state()).toBe('stalled');
  expect(log.events().at(-1)).toMatchObject({ type: 'stall', playhead: 5 });
});

test('data that comes late after a seek is not nudged at: the time without it was waiting, not sitting', () => {
  const { playback, see, pass, nudged } = watch();
  see({ playhead: 33, seeking: true, readyState: 1, buffered: [] });
  playback.look('seeking');
  pass(5);
  playback.look('look');
  see({ buffered: [{ start: 32, end: 36 }] });
  playback.look('progress');
  expect(nudged).toEqual([]);
  pass(2.5);
  playback.look('look');
  expect(nudged).toHaveLength(1);
});
