import { expect, test } from 'vitest';
import { evenTiming } from './segment-timing.ts';
import { parseTemplate } from './template.ts';
import { readXml } from './xml.ts';

const element = readXml('<SegmentTemplate/>');
const fixed = { id: 'v 1/ü', bandwidth: 300_000 };
/** Number 7 and time 9 007 199 254 741 000, which no double holds exactly, at position 2. */
const timing = evenTiming(
  { start: 0, end: 100, timescale: 10, offsetTicks: 9_007_199_254_740_980n },
  { durationTicks: 10, startNumber: 5, count: 3 },
);

test.each([
  ['$RepresentationID$/$Number$.m4s', 'v 1/ü/7.m4s'],
  ['$Number%05d$', '00007'],
  ['$Number%00d$', '7'],
  ['$Time$', '9007199254741000'],
  ['$Time%020d$', '00009007199254741000'],
  ['$Bandwidth%08d$-$Bandwidth$', '00300000-300000'],
  ['a$$b$$$Number$', 'a$b$7'],
  ['plain.m4s', 'plain.m4s'],
  ['', ''],
])('%s becomes %s', (text, filled) => {
  expect(parseTemplate(text, fixed, element).fill(timing, 2)).toBe(filled);
});

test('it varies with number or time, not with what belongs to the representation', () => {
  const varies = (text: string) => parseTemplate(text, fixed, element).varies;
  expect([varies('$Number$'), varies('$Time%09d$'), varies('$Bandwidth$/$RepresentationID$$$')]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  ['$Foo$', 'unknown identifier "$Foo$"'],
  ['$number$', 'unknown identifier'],
  ['$Number%s$', 'unknown identifier'],
  ['$Number%5d$', 'unknown identifier'],
  ['$Time%0d$', 'unknown identifier'],
  ['$Number%0999999999d$', 'unknown identifier'],
  ['$RepresentationID$/$Number.m4s', 'without a partner'],
  ['costs 5$', 'without a partner'],
])('%s is refused with its path', (text, sentence) => {
  expect(() => parseTemplate(text, fixed, element)).toThrow(sentence);
  expect(() => parseTemplate(text, fixed, element)).toThrow('/SegmentTemplate (line 1)');
});
