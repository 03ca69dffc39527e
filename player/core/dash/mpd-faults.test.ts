import { expect, test } from 'vitest';
import { faultOf, one, read, rep, set, simple, TEMPLATE, URL_OF_MPD } from './mpd-for-tests.ts';
import { readMpd } from './read-mpd.ts';

const REPRESENTATION = '/MPD/Period/AdaptationSet/Representation';

test.each([
  ['<Period><AdaptationSet/></Period>', 'is empty', '/MPD/Period/AdaptationSet'],
  ['<Period/>', 'no Period with an AdaptationSet', '/MPD'],
  [one(`${TEMPLATE}<Representation bandwidth="1"/>`), 'no @id', REPRESENTATION],
  [
    `<Period><AdaptationSet contentType="video">${TEMPLATE}${rep('v')}</AdaptationSet></Period>`,
    'no @mimeType',
    REPRESENTATION,
  ],
  [one(`${TEMPLATE}<Representation id="v" bandwidth="fast"/>`), '@bandwidth="fast"', REPRESENTATION],
  [one(TEMPLATE + rep('v', '', 'frameRate="25/0"')), '@frameRate="25/0"', REPRESENTATION],
  [one(rep('v')), 'names no media', REPRESENTATION],
  [
    one(`<BaseURL>dir/</BaseURL>${rep('v', '<SegmentBase indexRange="1-2"/>')}`),
    'names no media',
    REPRESENTATION,
  ],
  [
    one(rep('v', '<BaseURL>v</BaseURL><SegmentBase indexRange="2-1"/>')),
    '@indexRange="2-1"',
    `${REPRESENTATION}/SegmentBase`,
  ],
  [one(rep('v', '<SegmentTemplate duration="2"/>')), 'without @media', REPRESENTATION],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" duration="0"/>')),
    '@duration of 0',
    `${REPRESENTATION}/SegmentTemplate`,
  ],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" duration="2" timescale="0"/>')),
    '@timescale of 0',
    `${REPRESENTATION}/SegmentTemplate`,
  ],
  [
    one(rep('v', '<SegmentTemplate media="x.m4s" duration="2"/>')),
    'would be one file',
    `${REPRESENTATION}/SegmentTemplate`,
  ],
  [
    one(rep('v', '<SegmentTemplate media="$Number$" initialization="$Number$.mp4" duration="2"/>')),
    'in @initialization',
    `${REPRESENTATION}/SegmentTemplate`,
  ],
  [one(rep('v', '<SegmentList duration="2"/>')), 'without SegmentURL', REPRESENTATION],
  [
    one(rep('v', '<SegmentList><SegmentURL media="a"/><SegmentURL media="b"/></SegmentList>')),
    'several SegmentURL',
    `${REPRESENTATION}/SegmentList`,
  ],
  [
    one(rep('v', '<SegmentList duration="2"><SegmentURL media="http://["/></SegmentList>')),
    'no URL',
    `${REPRESENTATION}/SegmentList/SegmentURL`,
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

test('a fault beside what is right is a fault', () => {
  const body = `<Period>${simple}${set(TEMPLATE + rep('w', '', 'width="wide"'))}</Period>`;
  expect(faultOf(() => read(body))).toMatchObject({
    code: 'mpd-invalid',
    details: { path: '/MPD/Period/AdaptationSet[2]/Representation' },
  });
});

test.each([
  [`<html><Period>${simple}</Period></html>`, 'mpd-invalid', '/html'],
  ['<MPD type="dynamic"/>', 'mpd-unsupported', '/MPD'],
  [
    '<MPD><EssentialProperty schemeIdUri="urn:mpeg:dash:mpd-as-linking:2015"/></MPD>',
    'mpd-unsupported',
    '/MPD',
  ],
])('%s is not for us', (text, code, path) => {
  expect(faultOf(() => readMpd(text, URL_OF_MPD))).toMatchObject({ code, details: { path } });
});
