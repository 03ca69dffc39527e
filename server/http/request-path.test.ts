/** Request targets: what becomes names to look up, and what is turned away. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HttpError } from './http-error.ts';
import { pathSegments } from './request-path.ts';

test.each([
  ['/', ['']],
  ['/media/film/manifest.mpd', ['media', 'film', 'manifest.mpd']],
  ['/media/film/manifest.mpd?CMCD=br%3D1&..%2f', ['media', 'film', 'manifest.mpd']],
  ['/media//film/', ['media', '', 'film', '']],
  ['/a%20b/%C3%A9', ['a b', 'é']],
  ['/...', ['...']],
  ['http://host:80/media/x', ['media', 'x']],
  ['HTTPS://host', ['']],
  ['?x', ['']],
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
  'ftp://host/x',
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
