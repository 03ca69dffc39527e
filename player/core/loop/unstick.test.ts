import { expect, test } from 'vitest';
import { type StuckView, unstick } from './unstick.ts';

const stuck: StuckView = {
  playhead: 10,
  buffered: [
    { start: 0, end: 10 },
    { start: 10.5, end: 20 },
  ],
  stillFor: 0.2,
  dealtWith: 10,
  nudges: 0,
};

test('a gap that nobody will fill is jumped', () => {
  expect(unstick(stuck)).toEqual({ type: 'jump', to: 10.51 });
});

test('a gap whose segment is still on its way is waited for', () => {
  expect(unstick({ ...stuck, dealtWith: 0 })).toEqual({ type: 'none' });
});

test('media that begins a little after 0 is begun with', () => {
  expect(unstick({ ...stuck, playhead: 0, buffered: [{ start: 0.08, end: 4 }], dealtWith: 4 })).toEqual({
    type: 'jump',
    to: 0.09,
  });
});

test('a playhead a rounding error before its range is not in a gap', () => {
  expect(unstick({ ...stuck, playhead: 10.4995 }).type).toBe('none');
});

test('a decoder that sits on media is nudged, further each time, then given up', () => {
  const sitting = { ...stuck, playhead: 12, stillFor: 2 };
  expect(unstick(sitting)).toEqual({ type: 'nudge', to: 12.001 });
  expect(unstick({ ...sitting, nudges: 1 })).toEqual({ type: 'none' });
  expect(unstick({ ...sitting, nudges: 1, stillFor: 4 })).toEqual({ type: 'nudge', to: 12.1 });
  expect(unstick({ ...sitting, nudges: 3, stillFor: 60 })).toEqual({ type: 'give-up' });
});

test('the last moments before the end of the buffer are no reason to nudge', () => {
  expect(unstick({ ...stuck, playhead: 19.8, stillFor: 9 }).type).toBe('none');
});
