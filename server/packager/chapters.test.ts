/** Chapters become cues on the film's time line, whatever their titles are. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCaptions } from './captions/read-captions.ts';
import { makeChapters } from './chapters.ts';
import { makeFilm, makeFolder, NEVER, TOOLS } from './films-for-tests.ts';
import { probe } from './input/probe.ts';
import { made, picture, setOf } from './made-for-tests.ts';

test('one cue for each chapter, cut where the film ends; titles are escaped, and numbers stand for missing ones', async () => {
  const directory = await makeFolder();
  const film = await makeFilm(directory, { size: '64x36', seconds: 0.4 });
  const chapters = [
    { start: 0, end: 5, title: 'Tom & <Jerry> --> away' },
    { start: 5, end: 9, title: '' },
    { start: 20, end: 30, title: 'too late' },
  ];
  const input = { ...(await probe(film, TOOLS, NEVER)), chapters };
  const media = { video: setOf([made('v', picture(64, 36))]), audio: [], duration: 8 };
  const context = { media, directory, tools: TOOLS, signal: NEVER, onNotice: () => undefined };
  expect(await makeChapters({ ...context, input })).toBe('chapters.vtt');
  expect(readCaptions(await readFile(join(directory, 'chapters.vtt'), 'utf8'))).toEqual({
    cues: [
      { start: 0, end: 5, text: 'Tom &amp; &lt;Jerry&gt; --&gt; away' },
      { start: 5, end: 8, text: '2' },
    ],
    faults: [],
  });
  expect(await makeChapters({ ...context, input: { ...input, chapters: [] } })).toBeUndefined();
});
