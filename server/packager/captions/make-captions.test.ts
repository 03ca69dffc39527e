/** Captions of a title: those inside the input and those beside it, with the film's own times. */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { probe } from '../input/probe.ts';
import { made, picture, setOf } from '../made-for-tests.ts';
import type { OutputContext } from '../output-context.ts';
import { PackagingError } from '../packaging-error.ts';
import { runTool } from '../tools.ts';
import { type CaptionsFile, readCaptionsFile } from './captions-file.ts';
import { makeCaptions } from './make-captions.ts';
import { readCaptions } from './read-captions.ts';

const SRT =
  '1\n00:00:00,500 --> 00:00:01,000\n{\\an8}Tom & <i>Jerry</i>\n\n2\n00:00:01,500 --> 00:00:04,000\nBye\n';

/** What comes of the subtitles of `film`, for a presentation of `duration` seconds. */
async function makeFrom(film: string, { duration = 3, given = [] as readonly CaptionsFile[] } = {}) {
  const directory = await makeFolder();
  const notices: string[] = [];
  const input = await probe(film, TOOLS, NEVER);
  const media = { video: setOf([made('v', picture(64, 36))]), audio: [], duration };
  const onNotice = (sentence: string) => void notices.push(sentence);
  const context: OutputContext = { input, media, directory, tools: TOOLS, signal: NEVER, onNotice };
  const sets = await makeCaptions(context, given);
  const texts = await Promise.all(sets.map(({ file }) => readFile(join(directory, file), 'utf8')));
  return { sets, texts, notices };
}

/** A film of 3 s that holds the text as subtitles of this codec. */
async function makeSubtitled(name: string, codec: string, options: readonly string[] = []) {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { name: 'bare.mp4', size: '64x36', seconds: 3 });
  const [words, target] = [join(folder, 'words.srt'), join(folder, name)];
  await writeFile(words, SRT);
  const args = [
    '-v',
    'error',
    '-i',
    film,
    '-i',
    words,
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    '-c:s',
    codec,
  ];
  await runTool(TOOLS.ffmpeg, [...args, '-metadata:s:s:0', 'language=ger', ...options, target], {
    signal: NEVER,
  });
  return target;
}

test.each([
  ['film.mkv', 'copy', 'line:0'],
  ['film.mkv', 'ass', 'line:0'],
  ['film.mp4', 'mov_text', undefined],
  ['film.mkv', 'webvtt', undefined],
])('subtitles in %s (%s) become WebVTT', async (name, codec, settings) => {
  const { sets, texts, notices } = await makeFrom(await makeSubtitled(name, codec));
  expect(sets).toEqual([
    {
      id: 'text-de',
      lang: 'de',
      label: 'Deutsch',
      role: 'subtitle',
      file: 'captions/de.vtt',
      bytes: Buffer.byteLength(texts[0] ?? ''),
    },
  ]);
  const [first, second] = readCaptions(texts[0] ?? '').cues;
  expect(first).toEqual({
    start: 0.5,
    end: 1,
    text: 'Tom &amp; <i>Jerry</i>',
    ...(settings ? { settings } : {}),
  });
  expect(second).toEqual({ start: 1.5, end: 3, text: 'Bye' });
  expect(notices).toEqual([]);
});

test('times count from where the film begins, wherever its clock stands then', async () => {
  const film = await makeSubtitled('film.mkv', 'copy');
  const late = join(film, '../late.mkv');
  const shift = ['-v', 'error', '-itsoffset', '10', '-i', film, '-map', '0', '-c', 'copy', late];
  await runTool(TOOLS.ffmpeg, shift, { signal: NEVER });
  expect((await probe(late, TOOLS, NEVER)).start).toBe(10);
  const { texts } = await makeFrom(late);
  expect(readCaptions(texts[0] ?? '').cues.map(({ start }) => start)).toEqual([0.5, 1.5]);
});

test('captions for who does not hear, and forced ones, are called so', async () => {
  const cc = await makeFrom(
    await makeSubtitled('film.mkv', 'copy', ['-disposition:s:0', 'hearing_impaired']),
  );
  expect(cc.sets[0]).toMatchObject({ id: 'text-de-cc', role: 'caption', label: 'Deutsch (CC)' });
  const forced = await makeFrom(await makeSubtitled('film.mkv', 'copy', ['-disposition:s:0', 'forced']));
  expect(forced.sets[0]).toMatchObject({ id: 'text-de-forced', isForced: true, label: 'Deutsch (forced)' });
});

test('a file beside the film takes the place of the same language inside', async () => {
  const folder = await makeFolder();
  const file = join(folder, 'mine.srt');
  await writeFile(
    file,
    '\ufeff1\r\n00:00:01.000 --> 00:00:02.000\r\nMine\r\n\r\n2\r\n00:00:09,0 --> 00:00:10,0\r\nLate\r\n',
  );
  const given = [await readCaptionsFile({ lang: 'de', file }, () => undefined)];
  const { sets, texts, notices } = await makeFrom(await makeSubtitled('film.mkv', 'copy'), { given });
  expect(sets.map(({ id }) => id)).toEqual(['text-de']);
  expect(texts[0]).toContain('Mine');
  expect(notices).toEqual([
    'The subtitles "de" in film.mkv give way to the file for "de".',
    'mine.srt: 1 of 2 captions begin after the end of the film and are left out.',
  ]);
});

test('a file of captions that cannot be read is refused with one sentence that says where', async () => {
  const folder = await makeFolder();
  const refusal = async (name: string, content?: string | Uint8Array) => {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    const error: unknown = await readCaptionsFile({ lang: 'de', file }, () => undefined).catch(
      (fault) => fault,
    );
    expect(error).toBeInstanceOf(PackagingError);
    return (error as PackagingError).message;
  };
  expect(await refusal('gone.srt')).toBe(`There is no file ${join(folder, 'gone.srt')} of captions.`);
  expect(await refusal('bad.srt', '1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:0 --> 1\nb')).toBe(
    'bad.srt, line 6: its times cannot be read.',
  );
  expect(await refusal('film.srt', Buffer.from([0, 0, 0, 32, 0x66, 0x74]))).toBe(
    'film.srt is no text, so it holds no captions.',
  );
  expect(await refusal('list.srt', 'eggs\nmilk\n')).toContain('list.srt holds no captions:');
});

const ODD = fileURLToPath(new URL('../../../../shared/media/odd/', import.meta.url));

test.skipIf(!existsSync(`${ODD}derived_two_audio_langs_srt.mkv`))(
  'two languages inside a real film',
  async () => {
    const { sets, texts } = await makeFrom(`${ODD}derived_two_audio_langs_srt.mkv`, { duration: 8 });
    expect(sets.map(({ lang, label }) => [lang, label])).toEqual([
      ['en', 'English'],
      ['de', 'Deutsch'],
    ]);
    for (const text of texts) expect(readCaptions(text).cues.length).toBeGreaterThan(0);
  },
);
