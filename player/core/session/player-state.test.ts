import { expect, test } from 'vitest';
import { isStalled, type PlayerFacts, playerState } from './player-state.ts';

const playing: PlayerFacts = {
  disposed: false,
  failed: false,
  started: true,
  seeking: false,
  paused: false,
  ended: false,
  canGoOn: true,
  networkAway: false,
};

test.each<[string, Partial<PlayerFacts>, string]>([
  ['all is well', {}, 'playing'],
  ['before the first frame', { started: false, canGoOn: false }, 'loading'],
  ['no data at the playhead', { canGoOn: false }, 'stalled'],
  ['no data, and the network is silent', { canGoOn: false, networkAway: true }, 'waiting-for-network'],
  ['the network is away but the buffer plays on', { networkAway: true }, 'playing'],
  ['a seek waits for its segment: that is no stall', { seeking: true, canGoOn: false }, 'seeking'],
  ['paused with an empty buffer', { paused: true, canGoOn: false }, 'paused'],
  ['the last frame has no future', { ended: true, canGoOn: false, paused: true }, 'ended'],
  ['failed beats all but disposed', { failed: true, ended: true }, 'failed'],
  ['disposed beats all', { disposed: true, failed: true }, 'disposed'],
])('%s', (_, change, expected) => {
  expect(playerState({ ...playing, ...change })).toBe(expected);
});

test('only a picture that should move is stalled', () => {
  expect(isStalled(playing)).toBe(false);
  expect(isStalled({ ...playing, canGoOn: false })).toBe(true);
  expect(isStalled({ ...playing, canGoOn: false, networkAway: true })).toBe(true);
  expect(isStalled({ ...playing, canGoOn: false, seeking: true })).toBe(false);
  expect(isStalled({ ...playing, canGoOn: false, paused: true })).toBe(false);
});
