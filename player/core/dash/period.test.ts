import { expect, test } from 'vitest';
import { faultOf, listOf, one, read, rep, representations, set, simple } from './mpd-for-tests.ts';
import type { Period } from './presentation.ts';

const bounds = (periods: readonly Period[]) => periods.map(({ start, duration }) => [start, duration]);

test.each([
  [
    'durations one behind the other',
    '',
    [`<Period duration="PT8S">`, '<Period duration="PT4S">'],
    [
      [0, 8],
      [8, 4],
    ],
  ],
  [
    'starts tell the ends',
    'mediaPresentationDuration="PT20S"',
    ['<Period>', '<Period start="PT12S">'],
    [
      [0, 12],
      [12, 8],
    ],
  ],
  [
    'a hole between periods',
    '',
    ['<Period duration="PT8S">', '<Period start="PT10S" duration="PT4S">'],
    [
      [0, 8],
      [10, 4],
    ],
  ],
  [
    'a period longer than to the next',
    '',
    ['<Period duration="PT8S">', '<Period start="PT6S" duration="PT4S">'],
    [
      [0, 6],
      [6, 4],
    ],
  ],
  [
    'a period of no length is left out',
    '',
    ['<Period duration="PT0S">', '<Period duration="PT4S">'],
    [[0, 4]],
  ],
  [
    'the whole ends the last',
    'mediaPresentationDuration="PT10S"',
    ['<Period duration="PT8S">', '<Period>'],
    [
      [0, 8],
      [8, 2],
    ],
  ],
])('periods: %s', (_, attributes, [first, second], expected) => {
  const presentation = read(`${first}${simple}</Period>${second}${simple}</Period>`, attributes);
  expect(bounds(presentation.periods)).toEqual(expected);
});

test('without any duration the last segment ends the presentation', () => {
  const timed = (r: number) =>
    set(
      `<SegmentTemplate media="$Number$"><SegmentTimeline><S t="0" d="2" r="${r}"/></SegmentTimeline></SegmentTemplate>${rep('v')}`,
    );
  const subtitles = `<AdaptationSet mimeType="text/vtt">${rep('t', '<BaseURL>t.vtt</BaseURL>')}</AdaptationSet>`;
  const presentation = read(
    `<Period>${timed(3)}${timed(4)}${subtitles}</Period><Period>${timed(0)}</Period>`,
    '',
  );
  expect(bounds(presentation.periods)).toEqual([
    [0, 10],
    [10, 2],
  ]);
  expect(presentation.periods[0]?.adaptationSets.map((each) => each.id)).toEqual(['0', '1', '2']);
  expect(
    representations(presentation)
      .map(listOf)
      .map((list) => list.at(0)?.duration),
  ).toEqual([2, 2, 10, 2]);
});

test('a period that nothing ends', () => {
  const endless = '<SegmentTemplate media="$Number$" duration="2"/>';
  expect(faultOf(() => read(one(endless + rep('v')), '')).message).toContain('has no end');
  const file = rep('v', '<BaseURL>v.mp4</BaseURL>');
  expect(faultOf(() => read(one(file), '')).message).toContain('has no end');
  const ended = '<SegmentTemplate media="$Number$" duration="2" endNumber="3"/>';
  expect(read(one(ended + rep('v')), '').duration).toBe(6);
});
