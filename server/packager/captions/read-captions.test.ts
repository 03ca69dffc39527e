/** Reading captions: what people and programs write is taken, and what is broken is named with its line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cue } from './cue.ts';
import { formatTime } from './cue-time.ts';
import { readCaptions } from './read-captions.ts';
import { tidyCues } from './tidy-cues.ts';
import { writeVtt } from './write-vtt.ts';

function cuesOf(text: string): readonly Cue[] {
  const { cues, faults } = readCaptions(text);
  expect(faults).toEqual([]);
  return cues;
}

describe('SubRip', () => {
  test('as the books say', () => {
    expect(
      cuesOf('1\n00:00:01,000 --> 00:00:02,500\nHello\nthere\n\n2\n01:00:00,000 --> 01:00:01,000\nBye\n'),
    ).toEqual([
      { start: 1, end: 2.5, text: 'Hello\nthere' },
      { start: 3600, end: 3601, text: 'Bye' },
    ]);
  });

  test('as it is found: CRLF, no numbers, dots, one digit, no space, no empty line, coordinates', () => {
    const wild = [
      '0:0:1.5-->0:0:2.25 X1:1 X2:2',
      'One',
      '7',
      '00:00:01,9 --> 00:00:03',
      'Two',
      '',
      'and a half',
      '',
      '',
      '3:05,040 --> 3:06,000',
      '42',
      '',
    ].join('\r\n');
    expect(cuesOf(wild)).toEqual([
      { start: 1.5, end: 2.25, text: 'One' },
      { start: 1.9, end: 3, text: 'Two\nand a half' },
      { start: 185.04, end: 186, text: '42' },
    ]);
  });

  test('a cue that shows a number alone keeps it', () => {
    expect(cuesOf('1\n00:01,0 --> 00:02,0\n42\n\n2\n00:03,0 --> 00:04,0\n7').map(({ text }) => text)).toEqual(
      ['42', '7'],
    );
  });

  test('fonts go, italics are closed, what is no tag stays, and is escaped', () => {
    const text = (source: string) => cuesOf(`00:01,0 --> 00:02,0\n${source}`)[0]?.text;
    expect(text('<font color="#ff0">Red & <I>big</font>')).toBe('Red &amp; <i>big</i>');
    expect(text('<b>a<i>b</b>c</i></u>')).toBe('<b>a<i>b</i></b>c');
    expect(text('I <3 you, a < b > c, <laughs>')).toBe('I &lt;3 you, a &lt; b &gt; c, &lt;laughs&gt;');
    expect(text('<i>\nalone\n</i>')).toBe('<i>alone</i>');
    expect(text('one<br/>two')).toBe('one\ntwo');
    expect(text('nul\u0001l')).toBe('nul l');
  });

  test('an arrow among the words is words', () => {
    const text = '00:01,0 --> 00:02,0\nleft --> right\n\n2\n00:03,0 --> 00:04,0\n--> exit';
    expect(cuesOf(text).map(({ text }) => text)).toEqual(['left --&gt; right', '--&gt; exit']);
  });

  test('places are kept, other overrides go', () => {
    const [cue] = cuesOf('00:01,0 --> 00:02,0\n{\\an8}{\\fnArial}{\\i1}Up{\\i0} {here}');
    expect(cue).toEqual({ start: 1, end: 2, text: '<i>Up</i> {here}', settings: 'line:0' });
  });
});

describe('WebVTT', () => {
  test('cues with identifiers, settings and tags; notes, styles and regions go', () => {
    const text = [
      '\u{feff}WEBVTT - a film'.slice(1),
      'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000',
      '',
      'STYLE',
      '::cue { color: red }',
      '',
      'NOTE nobody sees this',
      '',
      'intro',
      '00:01.000 --> 00:02.000 line:0 position:10%,line-left align:start region:r1 size:200%',
      '<v.loud Esme>Hi <c.yellow>you</c> &amp; me & <x>them</x><00:01.500>',
      '',
      '01:00:00.000 --> 01:00:01.000',
      '- a',
      '- b',
    ].join('\n');
    expect(cuesOf(text)).toEqual([
      {
        start: 1,
        end: 2,
        settings: 'line:0 position:10%,line-left align:start',
        text: '<v.loud Esme>Hi <c.yellow>you</c> &amp; me &amp; them</v>',
      },
      { start: 3600, end: 3601, text: '- a\n- b' },
    ]);
  });
});

describe('ASS', () => {
  const script = (dialogue: string) =>
    [
      '[Script Info]',
      'ScriptType: v4.00+',
      '[V4+ Styles]',
      'Format: Name, Fontname, Alignment',
      'Style: Sign,Arial,9',
      'Style: Default,Arial,2',
      '[Events]',
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
      dialogue,
    ].join('\r\n');

  test('words, commas and line breaks stay; looks, remarks and drawings go', () => {
    const line =
      'Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\pos(3,4)}Well,{remark} {\\i1}yes{\\i0}\\Nno\\hmore{\\p1}m 0 0 l 9 9{\\p0}';
    expect(cuesOf(script(line))).toEqual([{ start: 1, end: 2.5, text: 'Well, <i>yes</i>\nno\u00a0more' }]);
  });

  test('the place is that of the line, else that of its style', () => {
    const at = (style: string, text: string) =>
      cuesOf(script(`Dialogue: 0,0:00:01.00,0:00:02.00,${style},,0,0,0,,${text}`))[0]?.settings;
    expect(at('Sign', 'x')).toBe('line:0 align:right');
    expect(at('Sign', '{\\an4}x')).toBe('line:50% align:left');
    expect(at('*Default', 'x')).toBeUndefined();
  });

  test('remarks of the author are no dialogue', () => {
    expect(cuesOf(script('Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x'))).toEqual([]);
  });
});

describe('what is broken', () => {
  test.each([
    ['SubRip', '1\n00:00:01,000 --> 00:00:0x,000\nHello', 2, 'its times cannot be read'],
    ['SubRip', '1\n00:00:03,000 --> 00:00:02,000\nHello', 2, 'it ends before it begins'],
    ['SubRip', '1 00:00:01,000 --> 00:00:02,000\nHello', 1, 'its times cannot be read'],
    ['SubRip', '1\n-00:00:01,000 --> 00:00:02,000\nHello', 2, 'its times cannot be read'],
    ['WebVTT', 'WEBVTT\n\n00:01.000 -->\nHello', 3, 'its times cannot be read'],
    [
      'ASS',
      '[Script Info]\n[Events]\nDialogue: 0,0:00:xx.00,0:00:02.00,D,,0,0,0,,a',
      3,
      'its times cannot be read',
    ],
  ])('%s: %j', (_, text, line, complaint) => {
    expect(readCaptions(text)).toEqual({ cues: [], faults: [{ line, complaint }] });
  });

  test('no text whatever makes a reader fall', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readCaptions(text)));
  });
});

/** Milliseconds, so that writing them loses nothing. */
const anyCue = fc
  .tuple(
    fc.integer({ min: 0, max: 400_000_000 }),
    fc.integer({ min: 0, max: 20_000 }),
    fc.string({ unit: 'grapheme' }),
  )
  .map(([start, length, text]) => ({ start: start / 1000, end: (start + length) / 1000, text }));

test('what is written as WebVTT is read back as it was, in order, whatever the words', () => {
  fc.assert(
    fc.property(fc.array(anyCue), (drawn) => {
      const srt = drawn
        .map(
          ({ start, end, text }, i) =>
            `${i}\n${formatTime(start)} --> ${formatTime(end)}\n${text.replaceAll('-->', '')}`,
        )
        .join('\n\n');
      const tidy = tidyCues(readCaptions(srt).cues, 300_000);
      const back = readCaptions(writeVtt(tidy)).cues;
      expect(back).toEqual(tidy);
      for (const [i, { start, end }] of tidy.entries()) {
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(300_000);
        expect(start).toBeGreaterThanOrEqual(tidy[i - 1]?.start ?? 0);
      }
    }),
  );
});

test('the same words at the same time are shown once; overlapping ones all', () => {
  const cue = { start: 1, end: 2, text: 'a' };
  const other = { start: 1.5, end: 3, text: 'b' };
  expect(tidyCues([other, cue, { ...cue }], 10)).toEqual([cue, other]);
});

test('cues are cut where the film ends, and those behind it go', () => {
  const cues = [
    { start: 8, end: 12, text: 'a' },
    { start: 10, end: 12, text: 'b' },
    { start: 3, end: 3, text: 'c' },
  ];
  expect(tidyCues(cues, 10)).toEqual([{ start: 8, end: 10, text: 'a' }]);
});
