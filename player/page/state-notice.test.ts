// Which states of the player need words.
import { expect, test } from 'vitest';
import { noticeOf } from './state-notice.ts';

test('only waiting needs an explanation', () => {
  expect(noticeOf('stalled')).toContain('Waiting');
  expect(noticeOf('waiting-for-network')).toContain('No connection');
  for (const state of ['loading', 'paused', 'playing', 'seeking', 'ended', 'failed', 'disposed'] as const) {
    expect(noticeOf(state)).toBe('');
  }
});
