// What an action asks of the film and of its controls, and what the viewer reads.
import { expect, test } from 'vitest';
import { performAction } from './perform-action.ts';

interface Film {
  currentTime?: number;
  duration?: number;
  paused?: boolean;
  muted?: boolean;
  volume?: number;
  playbackRate?: number;
}

function createStage(film: Film = {}, attributes: readonly string[] = []) {
  const video = {
    currentTime: 0,
    duration: 100,
    paused: true,
    muted: false,
    volume: 1,
    playbackRate: 1,
    ...film,
  };
  const requests: [string, unknown][] = [];
  const controller = {
    hasAttribute: (name: string) => attributes.includes(name),
    dispatchEvent: (event: CustomEvent<unknown>) => requests.push([event.type, event.detail]) > 0,
  };
  return {
    video,
    requests,
    stage: {
      video: video as unknown as HTMLVideoElement,
      controller: controller as unknown as HTMLElement,
    },
  };
}

test('a step back from the beginning and a step beyond the end stay in the film', () => {
  const { video, stage } = createStage({ currentTime: 3 });
  expect(performAction({ type: 'seek-by', seconds: -5 }, stage)).toBe('−5 s');
  expect(video.currentTime).toBe(0);
  performAction({ type: 'seek-by', seconds: 600 }, stage);
  expect(video.currentTime).toBe(100);
});

test('a tenth of the film is a tenth of its length', () => {
  const { video, stage } = createStage();
  expect(performAction({ type: 'seek-to', fraction: 0.3 }, stage)).toBe('30 %');
  expect(video.currentTime).toBeCloseTo(30);
});

test('nothing is sought before the length is known', () => {
  const { video, stage } = createStage({ duration: Number.NaN });
  expect(performAction({ type: 'seek-by', seconds: 5 }, stage)).toBe('');
  expect(video.currentTime).toBe(0);
});

test('volume moves in steps between silence and full, without rounding dust', () => {
  const { requests, stage } = createStage({ volume: 0.15 });
  expect(performAction({ type: 'volume-by', fraction: -0.05 }, stage)).toBe('Volume 10 %');
  expect(performAction({ type: 'volume-by', fraction: 2 }, stage)).toBe('Volume 100 %');
  expect(requests).toEqual([
    ['mediavolumerequest', 0.1],
    ['mediavolumerequest', 1],
  ]);
});

test('speed stays between a quarter and three times', () => {
  const { requests, stage } = createStage({ playbackRate: 3 });
  expect(performAction({ type: 'rate-by', difference: 0.25 }, stage)).toBe('Speed 3×');
  expect(performAction({ type: 'normal-rate' }, stage)).toBe('Speed 1×');
  expect(requests).toEqual([
    ['mediaplaybackraterequest', 3],
    ['mediaplaybackraterequest', 1],
  ]);
});

test('toggles ask for the other of what is', () => {
  const ask = (film: Film, type: 'toggle-play' | 'toggle-mute'): unknown => {
    const { requests, stage } = createStage(film);
    performAction({ type }, stage);
    return requests[0]?.[0];
  };
  expect(ask({ paused: true }, 'toggle-play')).toBe('mediaplayrequest');
  expect(ask({ paused: false }, 'toggle-play')).toBe('mediapauserequest');
  expect(ask({ muted: true }, 'toggle-mute')).toBe('mediaunmuterequest');
  expect(ask({ muted: false }, 'toggle-mute')).toBe('mediamuterequest');
});

test('fullscreen is left when it is on', () => {
  const { requests, stage } = createStage({}, ['mediaisfullscreen']);
  expect(performAction({ type: 'toggle-fullscreen' }, stage)).toBe('');
  expect(requests).toEqual([['mediaexitfullscreenrequest', null]]);
});

test('a film without captions says so', () => {
  const { requests, stage } = createStage();
  expect(performAction({ type: 'toggle-captions' }, stage)).toBe('No captions');
  expect(requests).toEqual([]);
});
