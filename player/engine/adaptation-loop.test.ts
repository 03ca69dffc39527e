import { expect, test } from 'vitest';
import type { AdaptationSet, Representation } from '../core/dash/presentation.ts';
import { StreamingError } from '../core/errors.ts';
import { joinRanges, type TimeRange } from '../core/ranges.ts';
import type { SegmentRequest } from '../fetch/segment-source.ts';
import { runAdaptationLoop } from './adaptation-loop.ts';
import { createStream } from './create-stream.ts';
import { createSegmentLists } from './segment-lists.ts';
import { createSessionLog } from './session-log.ts';

const SEGMENT = 4;
const DURATION = 40;

function representation(id: string, bandwidth: number): Representation {
  const at = (i: number) =>
    i >= 0 && i < DURATION / SEGMENT
      ? { start: i * SEGMENT, duration: SEGMENT, urls: [`${id}/${i}`] }
      : undefined;
  const segments = {
    count: DURATION / SEGMENT,
    at,
    positionAt: (time: number) => Math.floor(time / SEGMENT),
  };
  return {
    id,
    bandwidth,
    mimeType: 'video/mp4',
    codecs: 'avc1',
    timestampOffset: 0,
    addressing: { kind: 'list', segments },
    initialization: { urls: [`${id}/init`] },
  };
}

const SET: AdaptationSet = {
  id: 'v',
  contentType: 'video',
  lang: '',
  label: '',
  roles: [],
  protection: [],
  representations: [representation('low', 5e5), representation('high', 2e6)],
};

type Answer = (url: string, signal: AbortSignal) => Promise<void>;

/** A browser, a network and a viewer in one place: bytes name the segment, the buffer is a list of ranges. */
function world(
  answer: Answer = () => Promise.resolve(),
  throughput = 1e7,
  body: (url: string) => string = (url) => url,
) {
  const seen = { asked: [] as string[], appended: [] as string[], playhead: 0 };
  let buffered: TimeRange[] = [];
  const media = {
    async fetch(request: SegmentRequest, signal: AbortSignal) {
      const url = request.urls[0] ?? '';
      seen.asked.push(url);
      signal.throwIfAborted();
      await answer(url, signal);
      return { bytes: new TextEncoder().encode(body(url)), url, fromCache: false };
    },
  };
  const controller = new AbortController();
  let onEnd = () => undefined as unknown;
  const ended = new Promise<void>((resolve) => {
    onEnd = resolve;
  });
  const stream = createStream(
    {
      kind: 'video',
      duration: DURATION,
      queue: {
        append(bytes) {
          const url = new TextDecoder().decode(bytes);
          seen.appended.push(url);
          if (url.endsWith('junk')) return Promise.resolve();
          const position = Number(url.split('/')[1]);
          const start = position * SEGMENT;
          if (!Number.isNaN(position)) buffered = joinRanges([...buffered, { start, end: start + SEGMENT }]);
          return Promise.resolve();
        },
        remove: () => Promise.resolve(),
        idle: () => Promise.resolve(),
        reset: () => Promise.resolve(),
        buffered: () => buffered,
      },
      lists: createSegmentLists(media, controller.signal),
      link: { media, mpd: media, throughput: () => throughput, latency: () => 0, isAway: () => false },
      log: createSessionLog(() => 0),
      observe: () => ({
        playhead: seen.playhead,
        playbackRate: 1,
        paused: false,
        ended: false,
        seeking: false,
        readyState: 4,
        buffered,
      }),
      share: () => throughput,
      otherAhead: () => undefined,
      onEnd: () => onEnd(),
    },
    [{ start: 0, end: DURATION, set: SET }],
  );
  const running = runAdaptationLoop(stream, controller.signal);
  return { seen, stream, running, ended, stop: () => controller.abort('stop') };
}

const segmentsOf = (urls: readonly string[]) => urls.filter((url) => !url.endsWith('init'));

/** Waits, without time, until the loop has done what it can. */
async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) await Promise.resolve();
}

const forever: Answer = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('each segment once, in order, with the initialization before the first', async () => {
  const { seen, ended, stop, stream } = world();
  await settle();
  seen.playhead = 20;
  stream.bell.ring();
  await ended;
  stop();
  expect(seen.appended[0]).toMatch(/init$/);
  expect(segmentsOf(seen.appended).map((url) => Number(url.split('/')[1]))).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
});

test('no more is fetched than the buffer goal asks for', async () => {
  const { seen, stop } = world();
  await settle();
  stop();
  expect(segmentsOf(seen.asked)).toHaveLength(8);
});

test('a change of representation appends the other initialization first', async () => {
  const { seen, stop, stream } = world();
  await settle();
  stream.pin('low');
  await settle();
  stop();
  const change = seen.appended.indexOf('low/init');
  expect(seen.appended[change + 1]).toMatch(/^low\/\d/);
});

test('another adaptation set is fetched from the playhead, and no segment of the old one stays in its way', async () => {
  const { seen, stop, stream } = world();
  await settle();
  stream.replaceSet({ ...SET, id: 'other', representations: [representation('other', 1e6)] });
  await settle();
  stop();
  expect(
    segmentsOf(seen.appended)
      .filter((url) => url.startsWith('other'))
      .slice(0, 3),
  ).toEqual(['other/0', 'other/1', 'other/2']);
});

test('a seek gives up the request that no longer serves it, and asks for the segment at its target', async () => {
  const { seen, stop, stream } = world(forever);
  await settle();
  seen.playhead = 30;
  stream.seeked();
  await settle();
  stop();
  expect(seen.asked.at(-1)).toMatch(/\/7$/);
});

test('a seek inside the segment under way lets it arrive', async () => {
  const { seen, stop, stream } = world(forever);
  await settle();
  const before = seen.asked.length;
  seen.playhead = 2;
  stream.seeked();
  await settle();
  stop();
  expect(seen.asked).toHaveLength(before);
});

test('a segment missing in one representation comes from another', async () => {
  const missing: Answer = (url) =>
    url === 'high/1'
      ? Promise.reject(new StreamingError('http-status', 'gone', { status: 404 }))
      : Promise.resolve();
  const { seen, stop } = world(missing);
  await settle();
  stop();
  expect(segmentsOf(seen.appended).slice(0, 3)).toEqual(['high/0', 'low/1', 'high/2']);
});

test('a segment missing everywhere is a hole, and playback goes on behind it', async () => {
  const missing: Answer = (url) =>
    url.endsWith('/1')
      ? Promise.reject(new StreamingError('http-status', 'gone', { status: 404 }))
      : Promise.resolve();
  const { seen, stop } = world(missing);
  await settle();
  stop();
  expect(segmentsOf(seen.appended).slice(0, 3)).toEqual(['high/0', 'high/2', 'high/3']);
});

test('a page in place of a segment is no media: another representation is tried, then it is a hole', async () => {
  const { seen, stop } = world(undefined, undefined, (url) => (url === 'high/1' ? 'junk' : url));
  await settle();
  stop();
  expect(segmentsOf(seen.appended).slice(0, 4)).toEqual(['high/0', 'junk', 'low/1', 'high/2']);
});

test('when nothing can be had, and nothing is left to play, it says so', async () => {
  const { running } = world(() => Promise.reject(new StreamingError('http-status', 'gone', { status: 404 })));
  await expect(running).rejects.toMatchObject({ code: 'http-status' });
});

test('a segment whose initialization cannot be had is not downloaded to its end', async () => {
  const givenUp: string[] = [];
  const answer: Answer = (url, signal) => {
    if (url === 'low/init' || url === 'high/init')
      return Promise.reject(new StreamingError('http-status', 'gone', { status: 404 }));
    signal.addEventListener('abort', () => givenUp.push(url));
    return forever(url, signal);
  };
  const { running, stop } = world(answer);
  running.catch(() => undefined);
  await settle();
  expect(givenUp).toContain('high/0');
  stop();
});

test('stopping ends the loop without an error', async () => {
  const { running, stop } = world(forever);
  await settle();
  stop();
  await expect(running).resolves.toBeUndefined();
});
