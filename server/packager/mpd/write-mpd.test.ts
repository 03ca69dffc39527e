/** The MPD: what it promises is what the files hold, and any title can stand in it. */
import { expect, test } from 'vitest';
import { readMpd } from '../../../player/core/dash/read-mpd.ts';
import { made, picture, segmentsOf, setOf, stereo } from '../made-for-tests.ts';
import { type MediaSet, timingOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { writeMpd } from './write-mpd.ts';

function mpdOf(
  video: readonly MadeRepresentation[],
  sounds: readonly MadeRepresentation[] | readonly MediaSet[],
  title = 'A film',
): string {
  const audio = sounds.flatMap((each) => ('id' in each ? setOf([each]) : [each]));
  const sets = { video: setOf(video), audio };
  return writeMpd({ title, ...sets, text: [], ...timingOf(sets) }, 'v1');
}

test('a player reads back ranges, rates, shapes and the offset of the sound', () => {
  const video = [made('v720', picture(1280, 720)), made('v360', picture(640, 360))];
  const mpd = mpdOf(video, setOf([made('a', stereo)], 'de'));
  const { duration, minBufferTime, periods } = readMpd(mpd, 'https://a.test/m/manifest.mpd');
  expect([duration, minBufferTime]).toEqual([8, 4]);
  const [pictures, sound] = periods[0]?.adaptationSets ?? [];
  expect(pictures?.representations.map(({ id }) => id).sort()).toEqual(['v360', 'v720']);
  expect(sound).toMatchObject({ contentType: 'audio', lang: 'de', label: 'Deutsch', roles: ['main'] });
  const heard = sound?.representations[0];
  expect(heard).toMatchObject({
    bandwidth: 1_000_000,
    codecs: 'mp4a.40.2',
    audioSamplingRate: 48_000,
    initialization: { urls: ['https://a.test/m/v1/a.mp4'], range: { first: 0, last: 699 } },
    addressing: {
      kind: 'index',
      index: { range: { first: 700, last: 755 } },
      presentationTimeOffset: 1024 / 48_000,
    },
  });
});

test('the shape is promised only where all rungs have it exactly', () => {
  expect(mpdOf([made('a', picture(1280, 720)), made('b', picture(640, 360))], [])).toContain('par="16:9"');
  expect(mpdOf([made('a', picture(854, 480)), made('b', picture(640, 360))], [])).not.toContain('par=');
});

test('sound that goes on after the picture is part of the presentation; a few samples over are not', () => {
  const longer = made('a', stereo, { segments: segmentsOf([1, 1, 1], 48_000) });
  expect(mpdOf([made('v', picture(64, 36))], [longer])).toContain('mediaPresentationDuration="PT11.978667S"');
  const little = made('a', stereo, { segments: segmentsOf([1, 1], 49_000) });
  expect(mpdOf([made('v', picture(64, 36))], [little])).toContain('mediaPresentationDuration="PT8S"');
});

test('any title can stand in it', () => {
  const mpd = mpdOf([], [made('a', stereo)], 'Tom & "Jerry" <1>\u0000\u001b ]]>');
  expect(mpd).toContain('<Title>Tom &amp; "Jerry" &lt;1&gt;   ]]&gt;</Title>');
  expect(readMpd(mpd, 'https://a.test/').periods).toHaveLength(1);
});
