/** Request targets: what becomes names to look up, and what is turned away. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HttpError } from './http-error.ts';
import { originForm, pathSegments } from './request-path.ts';

test.each([
  ['/', ['']],
  ['/media/film/manifest.mpd', ['media', 'film', 'manifest.mpd']],
  ['/media/film/manifest.mpd?CMCD=br%3D1&..%2f', ['media', 'film', 'manifest.mpd']],
  ['/media//film/', ['media', '', 'film', '']],
  ['/a%20b/%C3%A9', ['a b', 'é']],
  ['/...', ['...']],
])('%s → %o', (target, segments) => {
  expect(pathSegments(target)).toEqual(segments);
});

test.each([
  '/..',
  '/../etc/passwd',
  '/media/../../etc/passwd',
  '/media/./x',
  '/media/%2e%2e/x',
  '/media/..%2f..%2fetc/passwd',
  '/media/film%2Fmanifest.mpd',
  '/media/%5c..%5c',
  '/media/..\\..\\x',
  '/%00',
  '/media/film/manifest.mpd%00.jpg',
  '/%zz',
  '/%',
  '/%c0%ae%c0%ae/',
  'media',
  '*',
  '?x',
  'ftp://host/x',
  'http://host/x',
])('%s is refused with 400', (target) => {
  expect(() => pathSegments(target)).toThrow(expect.objectContaining({ status: 400 }));
});

test('whatever the target, the answer is an HttpError or names without separators', () => {
  const piece = fc.constantFrom(
    '/',
    '.',
    '..',
    '%2f',
    '%2e',
    '%5C',
    '%00',
    '%zz',
    '\\',
    '%',
    'a',
    '?',
    '://',
    'http',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((parts) => `/${parts.join('')}`),
      ),
      (target) => {
        try {
          for (const segment of pathSegments(target)) {
            expect(segment).not.toMatch(/[/\\\0]/);
            expect(['.', '..']).not.toContain(segment);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['http://host:80/media/x?y', '/media/x?y'],
  ['HTTPS://[::1]', '/'],
  ['http://host?x', '/?x'],
  ['/media/http://x', '/media/http://x'],
  ['*', '*'],
  ['ftp://host/x', 'ftp://host/x'],
])('the path of %s is %s', (target, path) => {
  expect(originForm(target)).toBe(path);
});

test.each(['http://', 'http:///media/x', 'http://a b/', 'http://user@host/', 'https://x:80__proto__%zz'])(
  '%s belongs to no host',
  (target) => {
    expect(() => originForm(target)).toThrow(expect.objectContaining({ status: 400 }));
  },
);
