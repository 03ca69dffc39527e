import { expect, test } from 'vitest';
import { resolveBaseUrls } from './base-url.ts';
import { readXml } from './xml.ts';

const mpd = ['https://a.test/live/manifest.mpd'];
const level = (...urls: string[]) =>
  readXml(`<Period>${urls.map((url) => `<BaseURL>${url}</BaseURL>`).join('')}</Period>`);

test('levels resolve one against the other', () => {
  const period = resolveBaseUrls(mpd, level('video/'));
  expect(resolveBaseUrls(period, level(' v1.mp4?a=1&amp;b=2\n'))).toEqual([
    'https://a.test/live/video/v1.mp4?a=1&b=2',
  ]);
  expect(resolveBaseUrls(period, level('/x/'))).toEqual(['https://a.test/x/']);
  expect(resolveBaseUrls(period, level('../'))).toEqual(['https://a.test/live/']);
  expect(resolveBaseUrls(period, level())).toBe(period);
  expect(resolveBaseUrls(period, level(''))).toEqual(['https://a.test/live/video/']);
});

test('alternatives multiply, the first of the outer level staying in front', () => {
  const outer = resolveBaseUrls(mpd, level('https://one.test/', 'https://two.test/'));
  expect(resolveBaseUrls(outer, level('a/', 'b/'))).toEqual([
    'https://one.test/a/',
    'https://one.test/b/',
    'https://two.test/a/',
    'https://two.test/b/',
  ]);
  expect(resolveBaseUrls(outer, level('https://own.test/'))).toEqual(['https://own.test/']);
});

test('a thousand alternatives at two levels are eight', () => {
  const many = level(...Array.from({ length: 1000 }, (_, i) => `${i}/`));
  expect(resolveBaseUrls(resolveBaseUrls(mpd, many), many)).toHaveLength(8);
});

test('what is no URL is told where it stands', () => {
  expect(() => resolveBaseUrls(mpd, level('a/', 'http://['))).toThrow('/Period/BaseURL[2] (line 1)');
});
