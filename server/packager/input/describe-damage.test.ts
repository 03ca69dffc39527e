/** Damaged places are counted, and the first is found, however ffmpeg's speech is cut into pieces. */
import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { createDamageReader, describeDamage, describePlaces } from './describe-damage.ts';
import { probe } from './probe.ts';

const SPEECH = `Stream mapping:
[Parsed_showinfo_0 @ 0x55] n:   0 pts:      0 pts_time:0       pos:     3445
[Parsed_showinfo_0 @ 0x55] n:   1 pts:    512 pts_time:40.5    pos:     9163
[h264 @ 0x5] error while decoding MB 15 1, bytestream 16387
[h264 @ 0x5] concealing 3554 DC, 3554 AC, 3554 MV errors in P frame
[Parsed_showinfo_0 @ 0x55] n:   2 pts:    513 pts_time:40.9    pos:     9163
film.mp4: corrupt decoded frame in stream 0
[Parsed_showinfo_0 @ 0x55] n:   3 pts:    514 pts_time:60      pos:     9163
Error while decoding stream #0:0: Invalid data found when processing input
`;

test('neighbouring frames are one place, in whatever pieces it is told', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: SPEECH.length })), (cuts) => {
      const reader = createDamageReader();
      const bounds = [0, ...cuts.sort((a, b) => a - b), SPEECH.length];
      bounds.forEach((end, i) => {
        reader.read(SPEECH.slice(bounds[i - 1] ?? 0, end));
      });
      expect(reader.places()).toEqual([40.5, 60]);
    }),
  );
});

test('sentences', () => {
  expect(describePlaces('picture', [])).toEqual([]);
  expect(describePlaces('picture', [41.7])).toEqual([
    'One place of the picture is damaged, at 0:41; the decoder covered it up.',
  ]);
  expect(describePlaces('sound (stream 1)', [3723, 4000])).toEqual([
    '2 places of the sound (stream 1) are damaged, the first at 1:02:03; the decoder covered them up.',
  ]);
});

test('a place in the middle of a film is found, and a whole film has none', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, {
    size: '160x90',
    seconds: 6,
    sound: 6,
    options: ['-g', '25', '-bf', '0'],
  });
  const options = { tools: TOOLS, signal: NEVER };
  expect(await describeDamage(await probe(film, TOOLS, NEVER), options)).toEqual([]);
  const bytes = await readFile(film);
  const middle = bytes.indexOf('mdat') + Math.round(bytes.byteLength * 0.45);
  bytes.fill(0x5a, middle, middle + 600);
  await writeFile(film, bytes);
  const sentences = await describeDamage(await probe(film, TOOLS, NEVER), options);
  expect(sentences[0]).toMatch(/^One place of the picture \(stream 0\) is damaged, at 0:0[234]; the decoder/);
});
