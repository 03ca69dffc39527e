import { expect, test } from 'vitest';
import { faultOf, read, rep, representations, segmentsOf, set, TEMPLATE } from './mpd-for-tests.ts';

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
    <AdaptationSet mimeType="video/mp4" xlink:href="urn:mpeg:dash:resolve-to-zero:2013">${TEMPLATE}${rep('zero')}</AdaptationSet>
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
