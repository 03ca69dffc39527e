// What a viewer may paste, and what a presentation is called.
import { expect, test } from 'vitest';
import { nameOf, readMpdAddress } from './mpd-address.ts';

const BASE = 'http://127.0.0.1:8080/play';

test.each([
  ['https://example.com/a.mpd', 'https://example.com/a.mpd'],
  ['  https://example.com/a.mpd\n', 'https://example.com/a.mpd'],
  ['example.com/films/a.mpd', 'https://example.com/films/a.mpd'],
  ['localhost:9000/a.mpd', 'http://localhost:9000/a.mpd'],
  ['192.168.1.7/a.mpd', 'http://192.168.1.7/a.mpd'],
  ['/media/film/manifest.mpd', 'http://127.0.0.1:8080/media/film/manifest.mpd'],
])('%j is %s', (text, href) => {
  expect(readMpdAddress(text, BASE)).toMatchObject({ ok: true, url: { href } });
});

test.each([
  ['', 'Paste the address of an MPD first.'],
  ['   ', 'Paste the address of an MPD first.'],
  ['ftp://example.com/a.mpd', 'An MPD is fetched over http or https, not over “ftp:”.'],
  ['javascript:alert(1)', 'An MPD is fetched over http or https, not over “javascript:”.'],
  ['https://', '“https://” is not a web address.'],
])('%j is refused: %s', (text, reason) => {
  expect(readMpdAddress(text, BASE)).toEqual({ ok: false, reason });
});

test.each([
  ['https://example.com/films/Sintel.mpd', 'Sintel'],
  ['https://example.com/films/Sintel/manifest.mpd', 'Sintel'],
  ['https://example.com/Tears%20of%20Steel.mpd', 'Tears of Steel'],
  ['https://example.com/100%.mpd', '100%'],
  ['https://example.com/manifest.mpd', 'manifest'],
  ['https://example.com/', 'example.com'],
])('%s is called %s', (address, name) => {
  expect(nameOf(new URL(address))).toBe(name);
});
