/** Tokens: what was signed comes back, and whatever was not is refused with a sentence that helps. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToken, signToken, withoutSignature } from './access-token.ts';

const [old, young] = ['old', 'young'].map((id) => ({ id, secret: Buffer.alloc(32, id) })) as [Key, Key];
type Key = { id: string; secret: Buffer };
const NOW = 1_800_000_000;
const grant = { title: 'film', expires: NOW + 3600 };

test('a token tells what was signed, by whichever key', () => {
  for (const key of [old, young]) expect(readToken(signToken(grant, key), [young, old], NOW)).toEqual(grant);
});

test.each([
  [
    'with another key of the same name',
    signToken(grant, { id: 'old', secret: Buffer.alloc(32, 'x') }),
    'signature',
  ],
  ['with a key that is gone', signToken(grant, { ...young, id: 'gone' }), 'signed with a key'],
  ['for another title, changed', signToken(grant, old).replace('film', 'other'), 'signature'],
  [
    'longer than it was, changed',
    signToken(grant, old).replace(`${NOW + 3600}`, `${NOW + 9999}`),
    'signature',
  ],
  ['cut off', signToken(grant, old).slice(0, -1), 'cut off'],
  ['with something behind it', `${signToken(grant, old)}x`, 'cut off'],
  ['empty', '', 'cut off'],
  ['with an odd title', signToken({ ...grant, title: '-' }, old), 'cut off'],
  ['too late', signToken({ ...grant, expires: NOW - 60 }, old), 'expired at 2027-01-15T07:59:00.000Z'],
])('signed %s it is refused', (_, token, sentence) => {
  expect(() => readToken(token, [young, old], NOW)).toThrow(expect.objectContaining({ status: 403 }));
  expect(() => readToken(token, [young, old], NOW)).toThrow(sentence);
});

test('clocks may differ by less than a minute', () => {
  const token = signToken({ ...grant, expires: NOW - 59 }, old);
  expect(readToken(token, [old], NOW)).toEqual({ title: 'film', expires: NOW - 59 });
});

test('no single changed character goes through', () => {
  const token = signToken(grant, old);
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.'];
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...letters), (position, letter) => {
      fc.pre(token[position] !== letter);
      const changed = token.slice(0, position) + letter + token.slice(position + 1);
      expect(() => readToken(changed, [young, old], NOW)).toThrow();
    }),
    { numRuns: 1000 },
  );
});

test('any text is refused, never a fault', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => readToken(text, [old], NOW)).toThrow(expect.objectContaining({ status: 403 }));
    }),
  );
});

test('logs show whom a token was for, and nothing that opens a door', () => {
  const token = signToken(grant, old);
  const signature = token.split('.').at(-1) ?? '';
  for (const rest of ['/media/film/v.mp4', '', '?x=1', '/media/a.b/c']) {
    expect(withoutSignature(`/t/${token}${rest}`)).toBe(`/t/old.${NOW + 3600}.film${rest}`);
    expect(withoutSignature(`http://x/t/${token}${rest}`)).not.toContain(signature);
  }
  expect(withoutSignature('/media/film/v.mp4')).toBe('/media/film/v.mp4');
});
