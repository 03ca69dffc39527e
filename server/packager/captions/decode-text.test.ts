/** Characters: every usual way of writing a file of captions is read as its author meant it. */
import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

const words = '1\n00:00:01,000 --> 00:00:02,000\nGrüße – „schön“';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(words)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${words}`)],
  ['UTF-16, little-endian', utf16(`\ufeff${words}`)],
  ['UTF-16, big-endian', bigEndian(`\ufeff${words}`)],
  ['UTF-16 without a mark', utf16(words)],
  ['UTF-16, big-endian, without a mark', bigEndian(words)],
])('%s', (_, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: words });
});

test('a single byte for each character is taken for Windows-1252, and called a guess', () => {
  const bytes = Buffer.from(words, 'latin1').map((byte) => byte);
  const marks = new Map([
    ['–', 0x96],
    ['„', 0x84],
    ['“', 0x93],
  ]);
  for (const [i, character] of [...words].entries()) bytes[i] = marks.get(character) ?? bytes[i] ?? 0;
  expect(decodeText(bytes)).toEqual({ text: words, guessed: 'Windows-1252' });
});

test('what is no text is not made one', () => {
  expect(decodeText(Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 1, 0x42, 0x86]))).toBeUndefined();
});

test('a mark is believed, and a byte that is wrong after it costs one letter', () => {
  expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9, 0x62]))).toEqual({ text: 'a\ufffdb' });
});

test('an empty file is an empty text', () => {
  expect(decodeText(new Uint8Array())).toEqual({ text: '' });
});
