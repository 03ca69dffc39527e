import { expect, test } from 'vitest';
import {
  listOf,
  one,
  onlyOne,
  read,
  rep,
  representations,
  segmentsOf,
  set,
  simple,
  TEMPLATE,
} from './mpd-for-tests.ts';

test('attributes of SegmentTemplate are inherited one by one from period, set and representation', () => {
  const representation = onlyOne(
    read(`<Period><SegmentTemplate timescale="10" media="outer-$Number$.m4s" initialization="i.mp4" startNumber="5"/>
      ${set(`<SegmentTemplate duration="40" startNumber="7"/>${rep('v', '<SegmentTemplate media="inner-$Number$.m4s"/>')}`)}</Period>`),
  );
  expect(segmentsOf(representation)).toEqual([
    ['inner-7.m4s', 0, 4],
    ['inner-8.m4s', 4, 4],
  ]);
  expect(representation.initialization?.urls).toEqual(['https://a.test/dir/i.mp4']);
});

test('a @duration further in wins over a SegmentTimeline further out, and the other way round', () => {
  const timeline = '<SegmentTimeline><S t="0" d="1" r="-1"/></SegmentTimeline>';
  const outer = (attributes: string, inner: string) =>
    `<SegmentTemplate media="$Number$" ${attributes}>${inner}</SegmentTemplate>`;
  const counts = [
    one(outer('', timeline) + rep('v', '<SegmentTemplate duration="4"/>')),
    one(outer('duration="4"', '') + rep('v', `<SegmentTemplate>${timeline}</SegmentTemplate>`)),
  ].map((body) => listOf(onlyOne(read(body))).count);
  expect(counts).toEqual([2, 8]);
});

test('the second period starts its own count, and offsets place the media in it', () => {
  const [, second] = representations(
    read(
      `<Period duration="PT8S">${simple}</Period><Period duration="PT4S">${set(
        `<SegmentTemplate timescale="1000" presentationTimeOffset="8000" media="$Time$.m4s">
          <SegmentTimeline><S t="6000" d="2000" r="9"/></SegmentTimeline></SegmentTemplate>${rep('v')}`,
      )}</Period>`,
      '',
    ),
  );
  expect(second?.timestampOffset).toBe(0);
  expect(second && segmentsOf(second)).toEqual([
    ['8000.m4s', 8, 2],
    ['10000.m4s', 10, 2],
  ]);
});

test('$Time$ of even segments counts from the presentation time offset', () => {
  const body = one(
    `<SegmentTemplate media="$Time$.m4s" duration="4" presentationTimeOffset="100"/>${rep('v')}`,
  );
  const representation = onlyOne(read(body));
  expect(segmentsOf(representation).map(([url]) => url)).toEqual(['100.m4s', '104.m4s']);
  expect(representation.timestampOffset).toBe(-100);
});

test('a period that is longer by a rounding than its segments has no segment for the rest', () => {
  const { count } = listOf(onlyOne(read(one(TEMPLATE + rep('v')), 'mediaPresentationDuration="PT8.0005S"')));
  expect(count).toBe(4);
  const whole = one(`<SegmentTemplate media="all.mp4" duration="8"/>${rep('v')}`);
  expect(listOf(onlyOne(read(whole, 'mediaPresentationDuration="PT8.0005S"'))).count).toBe(1);
});

test('SegmentList: media and ranges, of the BaseURL itself or of files', () => {
  const list = (inner: string) =>
    onlyOne(read(one(rep('v', `<BaseURL>v.mp4</BaseURL><SegmentList duration="4">${inner}</SegmentList>`))));
  const own = list(
    '<Initialization range="0-99"/><SegmentURL mediaRange="100-199"/><SegmentURL mediaRange="200-299"/>',
  );
  expect(own.initialization).toEqual({ urls: ['https://a.test/dir/v.mp4'], range: { first: 0, last: 99 } });
  expect(segmentsOf(own)).toEqual([
    ['v.mp4', 0, 4, { first: 100, last: 199 }],
    ['v.mp4', 4, 4, { first: 200, last: 299 }],
  ]);
  expect(listOf(own).at(0)?.size).toBe(100);
  expect(segmentsOf(list('<SegmentURL media="1.m4s"/>'))).toEqual([['1.m4s', 0, 4]]);
});

test('SegmentList with a timeline takes its times from there', () => {
  const representation = onlyOne(
    read(
      one(
        rep(
          'v',
          `<SegmentList><SegmentTimeline><S t="0" d="3" r="9"/></SegmentTimeline>
      <SegmentURL media="a"/><SegmentURL media="b"/></SegmentList>`,
        ),
      ),
    ),
  );
  expect(segmentsOf(representation)).toEqual([
    ['a', 0, 3],
    ['b', 3, 3],
  ]);
});

test('a SegmentTemplate without any time is one segment as long as its period', () => {
  const representation = onlyOne(read(one(`<SegmentTemplate media="all-$Number$.mp4"/>${rep('v')}`)));
  expect(segmentsOf(representation)).toEqual([['all-1.mp4', 0, 8]]);
});

test('a BaseURL alone: subtitles are one segment, MP4 is looked into', () => {
  const file = (mimeType: string) =>
    onlyOne(
      read(
        `<Period><AdaptationSet mimeType="${mimeType}" contentType="text">${rep('t', '<BaseURL>t</BaseURL>')}</AdaptationSet></Period>`,
      ),
    );
  expect(segmentsOf(file('text/vtt'))).toEqual([['t', 0, 8]]);
  expect(segmentsOf(file('image/jpeg'))).toEqual([['t', 0, 8]]);
  expect(file('application/mp4').addressing).toEqual({
    kind: 'index',
    index: { urls: ['https://a.test/dir/t'] },
    media: { urls: ['https://a.test/dir/t'] },
    presentationTimeOffset: 0,
  });
});

test('SegmentBase: the index, and the initialization in front of it when the MPD names none', () => {
  const representation = onlyOne(
    read(
      one(
        rep(
          'v',
          '<BaseURL>v.mp4</BaseURL><SegmentBase indexRange="800-900" timescale="10" presentationTimeOffset="5"/>',
        ),
      ),
    ),
  );
  expect(representation).toMatchObject({
    initialization: { urls: ['https://a.test/dir/v.mp4'], range: { first: 0, last: 799 } },
    addressing: { kind: 'index', index: { range: { first: 800, last: 900 } }, presentationTimeOffset: 0.5 },
    timestampOffset: -0.5,
  });
});

test('alternatives of BaseURL reach every URL of a representation', () => {
  const body = `<BaseURL>https://one.test/</BaseURL><BaseURL>https://two.test/</BaseURL>${one(TEMPLATE + rep('v'))}`;
  const representation = onlyOne(read(body));
  expect(representation.initialization?.urls).toEqual(['https://one.test/v.mp4', 'https://two.test/v.mp4']);
  expect(listOf(representation).at(0)?.urls).toEqual([
    'https://one.test/v-1.m4s',
    'https://two.test/v-1.m4s',
  ]);
});
