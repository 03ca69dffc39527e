import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import type { Period, Presentation, Representation, SegmentList } from './presentation.ts';
import { readMpd } from './read-mpd.ts';

const URL_OF_MPD = 'https://a.test/dir/m.mpd';
const read = (body: string, attributes = 'mediaPresentationDuration="PT8S"') =>
  readMpd(`<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${attributes}>${body}</MPD>`, URL_OF_MPD);

const TEMPLATE =
  '<SegmentTemplate media="$RepresentationID$-$Number$.m4s" initialization="$RepresentationID$.mp4" duration="2"/>';
const set = (inner: string, attributes = '') =>
  `<AdaptationSet mimeType="video/mp4" ${attributes}>${inner}</AdaptationSet>`;
const rep = (id: string, inner = '', attributes = '') =>
  `<Representation id="${id}" bandwidth="1000" ${attributes}>${inner}</Representation>`;
const simple = set(TEMPLATE + rep('v'));
const one = (inner: string) => `<Period>${set(inner)}</Period>`;

function faultOf(make: () => unknown): StreamingError {
  try {
    make();
  } catch (error) {
    if (error instanceof StreamingError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

function representations(presentation: Presentation): Representation[] {
  return presentation.periods.flatMap((period) =>
    period.adaptationSets.flatMap((each) => each.representations),
  );
}

function onlyOne(presentation: Presentation): Representation {
  const [only, ...others] = representations(presentation);
  if (!only || others.length > 0) throw new Error('There is not exactly one representation.');
  return only;
}

function listOf({ addressing }: Representation): SegmentList {
  if (addressing.kind !== 'list') throw new Error('It has an index, not a list.');
  return addressing.segments;
}

function segmentsOf(representation: Representation) {
  const list = listOf(representation);
  return Array.from({ length: list.count }, (_, position) => {
    const { urls, start = Number.NaN, duration = Number.NaN, range } = list.at(position) ?? {};
    return [urls?.[0]?.replace('https://a.test/dir/', ''), start, duration, ...(range ? [range] : [])];
  });
}

const bounds = (periods: readonly Period[]) => periods.map(({ start, duration }) => [start, duration]);

test('a small MPD is the whole model', () => {
  const presentation = read(
    `<Period id="p"><AdaptationSet id="7" lang="en" contentType="video" mimeType="video/mp4" codecs="avc1.64001f" frameRate="30000/1001">
      <Label>Main</Label><Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/><Role schemeIdUri="x" value="y"/>
      <ContentProtection schemeIdUri="urn:mpeg:dash:mp4protection:2011"/>${TEMPLATE}
      <Representation id="b" bandwidth="2000" width="640" height="360"/>
      <Representation id="a" bandwidth="1000" width="320" height="180" codecs="avc1.42c00d"/></AdaptationSet></Period>`,
    'type="static" mediaPresentationDuration="PT7S" minBufferTime="PT1.5S"',
  );
  expect(presentation).toMatchObject({
    duration: 7,
    minBufferTime: 1.5,
    periods: [
      {
        id: 'p',
        start: 0,
        duration: 7,
        adaptationSets: [
          {
            id: '7',
            contentType: 'video',
            lang: 'en',
            label: 'Main',
            roles: ['main'],
            protection: ['urn:mpeg:dash:mp4protection:2011'],
            representations: [
              {
                id: 'a',
                bandwidth: 1000,
                codecs: 'avc1.42c00d',
                width: 320,
                height: 180,
                mimeType: 'video/mp4',
              },
              {
                id: 'b',
                bandwidth: 2000,
                codecs: 'avc1.64001f',
                frameRate: 30000 / 1001,
                timestampOffset: 0,
              },
            ],
          },
        ],
      },
    ],
  });
  const [a] = representations(presentation);
  expect(a?.initialization).toEqual({ urls: ['https://a.test/dir/a.mp4'] });
  expect(a && segmentsOf(a)).toEqual([
    ['a-1.m4s', 0, 2],
    ['a-2.m4s', 2, 2],
    ['a-3.m4s', 4, 2],
    ['a-4.m4s', 6, 1],
  ]);
});

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

test('what must not or cannot be used is left out, the rest stays', () => {
  const property = (scheme: string) => `<EssentialProperty schemeIdUri="${scheme}" value="1"/>`;
  const presentation = read(`<Period>
    ${set(property('http://dashif.org/guidelines/trickmode') + TEMPLATE + rep('trick'))}
    ${set(property('urn:mpeg:dash:srd:2014') + TEMPLATE + rep('tile'))}
    ${set(property('urn:mpeg:mpegB:cicp:ColourPrimaries') + TEMPLATE + rep('colour'))}
    ${set(TEMPLATE + rep('unknown', property('urn:x')) + rep('layer', '', 'dependencyId="base"') + rep('base'))}
    ${set(rep('list', '<BaseURL>l/</BaseURL><SegmentList xlink:href="list.xml"/>'))}
    <AdaptationSet mimeType="application/x-unknown">${TEMPLATE}${rep('what')}</AdaptationSet>
    <AdaptationSet xlink:href="set.xml"/><AdaptationSet mimeType="video/mp4"/>
    <AdaptationSet xlink:href="urn:mpeg:dash:resolve-to-zero:2013">${TEMPLATE}${rep('zero')}</AdaptationSet>
    <AdaptationSet mimeType="video/mp4">${property('http://dashif.org/guidelines/thumbnail_tile')}
      ${rep('tiles', '<SegmentTemplate media="$Number$.jpg" duration="2"/>', 'mimeType="image/jpeg"')}</AdaptationSet>
  </Period>`);
  expect(representations(presentation).map(({ id }) => id)).toEqual(['colour', 'base', 'tiles']);
  expect(presentation.periods[0]?.adaptationSets.map(({ contentType }) => contentType)).toEqual([
    'video',
    'video',
    'image',
  ]);
});

test('when nothing remains, the first thing left out is the error', () => {
  const fault = faultOf(() => read('<Period xlink:href="https://a.test/p.xml" xlink:actuate="onLoad"/>'));
  expect(fault).toMatchObject({ code: 'mpd-unsupported', details: { path: '/MPD/Period', line: 1 } });
});

test('identifiers that are given twice become different ones, their URLs do not', () => {
  const presentation = read(
    `<Period>${set(TEMPLATE + rep('v') + rep('v'), 'id="1"')}${set(TEMPLATE + rep('v') + rep('v~2'), 'id="1"')}</Period>`,
  );
  expect(presentation.periods[0]?.adaptationSets.map(({ id }) => id)).toEqual(['1', '1~2']);
  expect(representations(presentation).map(({ id }) => id)).toEqual(['v', 'v~2', 'v~3', 'v~2~2']);
  expect(representations(presentation).map((each) => each.initialization?.urls[0]?.slice(-5))).toEqual([
    'v.mp4',
    'v.mp4',
    'v.mp4',
    '2.mp4',
  ]);
});

test.each([
  ['contentType="audio" mimeType="application/mp4"', 'audio'],
  ['mimeType="audio/webm"', 'audio'],
  ['mimeType="application/mp4" codecs="stpp.ttml.im1t"', 'text'],
  ['mimeType="application/mp4" codecs="wvtt"', 'text'],
  ['mimeType="application/mp4" codecs="avc1.64001f,mp4a.40.2"', 'video'],
  ['mimeType="application/mp4" codecs="mp4a.40.2"', 'audio'],
  ['mimeType="application/ttml+xml"', 'text'],
  ['mimeType="text/vtt"', 'text'],
  ['mimeType="image/jpeg" contentType="video"', 'image'],
])('%s is %s', (attributes, kind) => {
  const presentation = read(
    `<Period><AdaptationSet>${TEMPLATE}${rep('v', '', attributes)}</AdaptationSet></Period>`,
  );
  expect(presentation.periods[0]?.adaptationSets[0]?.contentType).toBe(kind);
});

test.each([
  ['<Period><AdaptationSet/></Period>', 'is empty', '/MPD/Period/AdaptationSet'],
  ['<Period/>', 'no Period with an AdaptationSet', '/MPD'],
  [one(`${TEMPLATE}<Representation bandwidth="1"/>`), 'no @id', '/MPD/Period/AdaptationSet/Representation'],
  [
    `<Period><AdaptationSet contentType="video">${TEMPLATE}${rep('v')}</AdaptationSet></Period>`,
    'no @mimeType',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [
    one(`${TEMPLATE}<Representation id="v" bandwidth="fast"/>`),
    '@bandwidth="fast"',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [
    one(TEMPLATE + rep('v', '', 'frameRate="25/0"')),
    '@frameRate="25/0"',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [one(rep('v')), 'names no media', '/MPD/Period/AdaptationSet/Representation'],
  [
    one(`<BaseURL>dir/</BaseURL>${rep('v', '<SegmentBase indexRange="1-2"/>')}`),
    'names no media',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [
    one(rep('v', '<BaseURL>v</BaseURL><SegmentBase indexRange="2-1"/>')),
    '@indexRange="2-1"',
    '/MPD/Period/AdaptationSet/Representation/SegmentBase',
  ],
  [
    one(rep('v', '<SegmentTemplate duration="2"/>')),
    'without @media',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" duration="0"/>')),
    '@duration of 0',
    '/MPD/Period/AdaptationSet/Representation/SegmentTemplate',
  ],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" duration="2" timescale="0"/>')),
    '@timescale of 0',
    '/MPD/Period/AdaptationSet/Representation/SegmentTemplate',
  ],
  [
    one(rep('v', '<SegmentTemplate media="x.m4s" duration="2"/>')),
    'would be one file',
    '/MPD/Period/AdaptationSet/Representation/SegmentTemplate',
  ],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" initialization="$Number$.mp4" duration="2"/>')),
    'in @initialization',
    '/MPD/Period/AdaptationSet/Representation/SegmentTemplate',
  ],
  [
    one(rep('v', '<SegmentList duration="2"/>')),
    'without SegmentURL',
    '/MPD/Period/AdaptationSet/Representation',
  ],
  [
    one(rep('v', '<SegmentList><SegmentURL media="a"/><SegmentURL media="b"/></SegmentList>')),
    'several SegmentURL',
    '/MPD/Period/AdaptationSet/Representation/SegmentList',
  ],
  [
    one(rep('v', '<SegmentList duration="2"><SegmentURL media="http://["/></SegmentList>')),
    'no URL',
    '/MPD/Period/AdaptationSet/Representation/SegmentList/SegmentURL',
  ],
  [
    `<Period start="PT5S">${simple}</Period><Period start="PT2S">${simple}</Period>`,
    'starts before',
    '/MPD/Period[2]',
  ],
  [`<Period duration="soon">${simple}</Period>`, 'duration="soon"', '/MPD/Period'],
])('%#: a fault is one sentence with its path: %2$s', (body, sentence, path) => {
  const fault = faultOf(() => read(body));
  expect(fault.message).toContain(sentence);
  expect(fault.message).toContain(path);
  expect(fault.code).toMatch(/^mpd-(invalid|unsupported)$/);
  expect(fault.details).toEqual({ path, line: 1 });
});

test('a period that nothing ends', () => {
  const endless = '<SegmentTemplate media="$Number$" duration="2"/>';
  expect(faultOf(() => read(one(endless + rep('v')), '')).message).toContain('has no end');
  const file = rep('v', '<BaseURL>v.mp4</BaseURL>');
  expect(faultOf(() => read(one(file), '')).message).toContain('has no end');
  const ended = '<SegmentTemplate media="$Number$" duration="2" endNumber="3"/>';
  expect(read(one(ended + rep('v')), '').duration).toBe(6);
});

test.each([
  ['<html/>', 'mpd-invalid', '/html'],
  ['<MPD type="dynamic"/>', 'mpd-unsupported', '/MPD'],
  [
    '<MPD><EssentialProperty schemeIdUri="urn:mpeg:dash:mpd-as-linking:2015"/></MPD>',
    'mpd-unsupported',
    '/MPD',
  ],
])('%s is not for us', (text, code, path) => {
  expect(faultOf(() => readMpd(text, URL_OF_MPD))).toMatchObject({ code, details: { path } });
});
