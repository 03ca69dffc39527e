/** The page: it needs nothing from outside, shows every representation, believes no name, and is the same for the same data. */
import { expect, test } from 'vitest';
import { inputInfo } from '../input/input-for-tests.ts';
import { made, setOf, stereo } from '../made-for-tests.ts';
import { timingOf } from '../made-presentation.ts';
import { reportData } from './report-data-for-tests.ts';
import { writeReport } from './write-report.ts';

test('it needs neither script nor network, and no time of day makes it another page', () => {
  const page = writeReport(reportData());
  expect(page).not.toMatch(/<script|javascript:|https?:|url\(|@import|<link|<img|\bon\w+=/i);
  expect(writeReport(reportData())).toBe(page);
});

test('every element is closed, in the order in which they were opened', () => {
  const open: string[] = [];
  const page = writeReport(reportData()).replace(/<style>.*<\/style>/s, '');
  for (const [, slash, name = '', attributes = ''] of page.matchAll(
    /<(\/?)([a-z0-9]+)((?:"[^"]*"|[^>"])*)>/gi,
  )) {
    if (slash) expect(open.pop()).toBe(name);
    else if (!attributes.endsWith('/') && name !== 'meta') open.push(name);
  }
  expect(open).toEqual([]);
});

test('no number is missing where something is drawn', () => {
  expect(writeReport(reportData())).not.toMatch(/NaN|undefined|Infinity/);
});

test('all representations are there, with their rates and their quality', () => {
  const data = reportData();
  const page = writeReport(data);
  for (const { id } of data.rungs) expect(page).toContain(`<th scope="row">${id}</th>`);
  expect(page).toContain('<td>0.9850</td>');
  expect(page).toContain('Leaning on other pictures saved 76\u202f% of the bytes.');
  expect(page).toContain('Every claim is true.');
});

test('names of strangers stay text', () => {
  const name = '</style><script>alert("1")</script>\u0000&amp;.mp4';
  const page = writeReport(reportData({ title: name, input: inputInfo({ name, notices: [name] }) }));
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp;amp;.mp4');
});

test('a film of which little is known has fewer sections, and sound alone no picture', () => {
  const sets = { video: [], audio: setOf([made('audio', stereo)]) };
  const { perTitle, frames, intra, ...rest } = reportData({ quality: new Map(), rungs: [] });
  const plain = writeReport(rest);
  expect(plain).toContain('Nothing was measured');
  expect(plain).not.toContain('<h2>Frames</h2>');
  const { video, ...input } = inputInfo();
  const sound = writeReport({
    ...rest,
    input,
    presentation: { title: '', ...sets, text: [], ...timingOf(sets) },
  });
  expect(sound).not.toContain('<h2>Quality');
  expect(sound).not.toMatch(/NaN|undefined|Infinity/);
});

test('a fault is told', () => {
  const { verdict } = reportData();
  const fault = { check: 'times' as const, sentence: 'It is late.' };
  const page = writeReport(reportData({ verdict: { ...verdict, isSound: false, faults: [fault] } }));
  expect(page).toContain('1 claim is not true.');
  expect(page).toContain('It is late.');
});
