/** Reading title.json: what is right comes back as it is, what is wrong is named with its path. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutdatedTitleError, readTitle } from './read-title.ts';
import { describeTitle } from './test-title.ts';

const files = {
  'manifest.mpd': Buffer.from('<MPD/>'),
  'v720.mp4': Buffer.alloc(3),
  'poster.jpg': Buffer.alloc(2),
};
const right = describeTitle('film', files);

test('a right title comes back equal, without what is not of the format', () => {
  expect(readTitle(JSON.parse(JSON.stringify({ ...right, surprise: 1 })))).toEqual(right);
});

/** With everything that a title may have. */
const rich = {
  ...right,
  ...{ playlist: 'v720.mp4', chapters: 'v720.mp4', thumbnails: 'v720.mp4', digests: 'v720.mp4' },
  captions: [
    { file: 'v720.mp4', label: 'Deutsch', lang: 'de', role: 'subtitle' },
    { file: 'v720.mp4', label: 'x', role: 'caption', isForced: true },
  ],
  input: {
    ...right.input,
    duration: 12.4,
    video: { codec: 'hevc', width: 1920, height: 1080, frameRate: 23.976, hdr: 'pq' },
    audio: [
      { codec: 'ac3', channels: 6, lang: 'en' },
      { codec: 'aac', channels: 2 },
    ],
  },
  representations: right.representations.map((each) => ({ ...each, lang: 'en', channels: 2 })),
};

test('all that a title may have comes back too', () => {
  expect(readTitle(JSON.parse(JSON.stringify(rich)))).toEqual(rich);
});

test.each([
  [undefined, '$ is missing.'],
  [null, '$ is no object.'],
  [[], '$ is no object.'],
  [{ ...right, format: 2 }, '$.format is not 1, the only format this version reads.'],
  [{ ...right, format: undefined }, '$.format is missing.'],
  [{ ...right, id: '../film' }, '$.id is no title id.'],
  [{ ...right, title: '' }, '$.title is no text, or empty.'],
  [{ ...right, created: 'yesterday' }, '$.created is no UTC time of ISO 8601.'],
  [{ ...right, created: '2026-13-40T00:00:00Z' }, '$.created is no UTC time of ISO 8601.'],
  [{ ...right, duration: '12' }, '$.duration is no number above 0.'],
  [{ ...right, duration: 0 }, '$.duration is no number above 0.'],
  [{ ...right, input: {} }, '$.input.name is missing.'],
  [{ ...right, representations: {} }, '$.representations is no list.'],
  [{ ...right, representations: [{}] }, '$.representations[0].id is missing.'],
  [
    { ...right, representations: [right.representations[0], { ...right.representations[1], width: 1.5 }] },
    '$.representations[1].width is no whole number of 0 or more.',
  ],
  [{ ...right, poster: 'other.jpg' }, '$.poster names no file.'],
  [{ ...rich, captions: [{ ...rich.captions[0], file: 'x' }] }, '$.captions[0].file names no file.'],
  [
    { ...rich, captions: [{ ...rich.captions[0], role: 'sign' }] },
    '$.captions[0].role is none of "subtitle", "caption".',
  ],
  [{ ...rich, thumbnails: 'x.vtt' }, '$.thumbnails names no file.'],
  [{ ...rich, input: { ...rich.input, audio: [{ codec: 'aac' }] } }, '$.input.audio[0].channels is missing.'],
  [{ ...right, version: 'latest' }, '$.version is no version.'],
  [{ ...right, files: {} }, '$.files has no "manifest.mpd".'],
  [{ ...right, files: { ...right.files, '../x': {} } }, '$.files["../x"] is no plain file name.'],
  [{ ...right, files: { ...right.files, '.x': {} } }, '$.files[".x"] is no plain file name.'],
  [
    { ...right, files: { ...right.files, x: { bytes: -1 } } },
    '$.files.x.bytes is no whole number of 0 or more.',
  ],
  [
    { ...right, files: { ...right.files, 'a.mp4': { bytes: 1, sha256: 'AB', type: 'video/mp4' } } },
    '$.files["a.mp4"].sha256 is no SHA-256 in hexadecimal.',
  ],
  [
    {
      ...right,
      files: { ...right.files, x: { bytes: 1, sha256: '0'.repeat(64), type: 'text/html\r\nX: 1' } },
    },
    '$.files.x.type is no media type.',
  ],
])('%#: names the fault', (json, message) => {
  expect(() => readTitle(json)).toThrow(new Error(message));
});

test('a title of before there were versions is told apart from a broken one', () => {
  expect(() => readTitle({ ...right, version: undefined })).toThrow(OutdatedTitleError);
});

test('whatever the JSON, the outcome is a title or a sentence with a path', () => {
  const broken = fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(fc.constantFrom(...Object.keys(rich)), fc.jsonValue())
      .map(([key, value]) => ({ ...rich, [key]: value })),
  );
  fc.assert(
    fc.property(broken, (json) => {
      try {
        readTitle(json);
      } catch (error) {
        expect(String(error)).toMatch(/^Error: \$\S* .*\.$|^OutdatedTitleError: /);
      }
    }),
  );
});
