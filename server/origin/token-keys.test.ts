/** Key files: what is in them, and what is wrong with them. */
import { expect, test } from 'vitest';
import { makeKeyLine, parseTokenKeys, readTokenKeys } from './token-keys.ts';

const SECRET = Buffer.alloc(32, 7).toString('base64');

test('keys come in their order, without comments', () => {
  const text = `# ours\r\n\n new-1 ${SECRET}\n${makeKeyLine('old_1')}\n`;
  const keys = parseTokenKeys(text);
  expect(keys.map(({ id }) => id)).toEqual(['new-1', 'old_1']);
  expect(keys[0]?.secret.equals(Buffer.alloc(32, 7))).toBe(true);
  expect(keys[1]?.secret).toHaveLength(32);
});

test.each([
  ['', 'There is no key in it.'],
  ['# none', 'There is no key in it.'],
  [`a.b ${SECRET}`, 'Line 1 does not begin with a key id (letters, digits, "-", "_").'],
  ['\na', 'Line 2 is not an id and a secret in base64.'],
  [`a ${SECRET} b`, 'Line 1 is not an id and a secret in base64.'],
  ['a pass!word', 'Line 1 is not an id and a secret in base64.'],
  ['a c2hvcnQ=', 'The secret in line 1 has 5 bytes where 32 are needed.'],
  [`a ${SECRET}\na ${SECRET}`, 'The key id "a" is in it twice.'],
])('%j: %s', (text, sentence) => {
  expect(() => parseTokenKeys(text)).toThrow(new Error(sentence));
});

test('a file that is not there is one sentence', async () => {
  await expect(readTokenKeys('/none/keys')).rejects.toThrow(
    'The key file /none/keys cannot be read (ENOENT).',
  );
});

test('an id that is none makes no key', () => {
  expect(() => makeKeyLine('a b')).toThrow('"a b" is no key id');
});
