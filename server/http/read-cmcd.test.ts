/** CMCD: what honest players send is understood, and whatever else comes is left out without a word. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCmcd, withoutCmcd } from './read-cmcd.ts';

const query = (text: string) => readCmcd(`/media/film/v.mp4?a=1&CMCD=${encodeURIComponent(text)}&b=2`, {});

test('a request without has none', () => {
  expect(readCmcd('/media/film/v.mp4?cmcd=br%3D1&XCMCD=br', { range: 'bytes=0-9' })).toBeUndefined();
});

test('query and headers say the same', () => {
  const told = {
    br: 3200,
    bs: true,
    d: 4004,
    mtp: 25400,
    ot: 'v',
    sf: 'd',
    sid: '6e2fb550',
    st: 'v',
    su: true,
    tb: 6000,
  };
  const everything = 'br=3200,bs,d=4004,mtp=25400,ot=v,sf=d,sid="6e2fb550",st=v,su,tb=6000';
  expect(query(everything)).toEqual({ values: told, isBroken: false });
  const headers = {
    'cmcd-request': 'mtp=25400,su',
    'cmcd-object': 'br=3200,d=4004,ot=v,tb=6000',
    'cmcd-status': 'bs',
    'cmcd-session': 'sid="6e2fb550",sf=d,st=v',
  };
  expect(readCmcd('/media/film/v.mp4', headers)).toEqual({ values: told, isBroken: false });
});

test.each<[string, object, boolean]>([
  ['bs', { bs: true }, false],
  ['com.example-mood="good",br=100', { br: 100 }, false],
  ['br=(3000;v 128;a),mtp=(25400)', { br: 3000, mtp: 25400 }, false],
  ['ot=v;x=1', { ot: 'v' }, false],
  ['pr=1.08,v=2,sta=p', { pr: 1.08, v: 2, sta: 'p' }, false],
  ['br=-5,bl=100', { bl: 100 }, true],
  ['br="5"', {}, true],
  ['br=1.5', {}, true],
  ['ot=virus', {}, true],
  ['bs=1', {}, true],
  [`sid="${'x'.repeat(65)}"`, {}, true],
  ['sid="unfinished', {}, true],
  ['__proto__=1', {}, true],
  ['constructor=1,valueof', {}, false],
  [',,,', {}, true],
  [`nor="${'x'.repeat(1025)}"`, {}, true],
  ['br=1,'.repeat(1000), {}, true],
])('%s', (text, values, isBroken) => {
  expect(query(text)).toEqual({ values, isBroken });
});

test('broken percent-encoding is no more than broken', () => {
  expect(readCmcd('/x?CMCD=%zz', {})).toEqual({ values: {}, isBroken: true });
});

test('any text is read without a fault, and what is kept is plain', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('br=', 'ot=v', ',', '(', ')', ';', '"', 'mtp=12', 'bs', '=?0', ':', '@1'),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.boolean(), (pieces, isHeader) => {
      const text = pieces.join('');
      const reading = isHeader ? readCmcd('/x', { 'cmcd-request': text }) : readCmcd(`/x?CMCD=${text}`, {});
      for (const value of Object.values(reading?.values ?? {})) {
        expect(['string', 'number', 'boolean']).toContain(typeof value);
      }
    }),
  );
});

test.each([
  ['/x?CMCD=br%3D1', '/x'],
  ['/x?CMCD=br%3D1&a=1', '/x?a=1'],
  ['/x?a=1&CMCD=br%3D1&b=2', '/x?a=1&b=2'],
  ['/x?a=1', '/x?a=1'],
])('%s is about %s', (target, rest) => {
  expect(withoutCmcd(target)).toBe(rest);
});
