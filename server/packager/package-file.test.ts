/** From a film to a published title: what a player finds there, told by reading it all back. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { readTitle } from '../library/read-title.ts';
import { CONTENT_CODINGS, encodedName, TITLE_FILE } from '../library/title.ts';
import { decodeFile, makeFilm, makeFolder, NEVER, TOOLS } from './films-for-tests.ts';
import { packageFile } from './package-file.ts';
import type { Progress } from './progress.ts';
import { type ReadRepresentation, readPublished } from './title-for-tests.ts';
import { runTool } from './tools.ts';

test('a film becomes aligned segments of 4 s on every rung, with sound that ends when it does', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const film = await makeFilm(folder, { size: '640x360', rate: '12', seconds: 9, sound: 8.5 });
  const progress: Progress[] = [];
  const notices: string[] = [];
  const title = await packageFile(film, {
    library,
    title: 'Nine <seconds> & "more"',
    signal: NEVER,
    onProgress: (each) => progress.push(each),
    onNotice: (sentence) => notices.push(sentence),
  });

  expect(title.id).toBe('nine-seconds-more');
  expect(title.duration).toBe(9);
  expect(await readdir(library)).toEqual([title.id]);
  const { presentation, video, audio } = await readPublished(library, title.id);
  expect(presentation.duration).toBe(9);
  expect(video.map(({ representation: { width, height } }) => `${width}x${height}`).sort()).toEqual([
    '416x234',
    '416x234',
    '640x360',
  ]);
  for (const rung of video) expect(startsOf(rung)).toEqual([0, 4]);
  for (const rendition of audio)
    expect(startsOf(rendition)).toEqual([expect.closeTo(0, 1), expect.closeTo(4, 0)]);
  expect(audio).toHaveLength(2);
  for (const each of [...video, ...audio]) {
    expectLawfulSegments(each);
    expect(endOf(each)).toBeCloseTo(9, 1);
  }
  expect(notices).toEqual([]);

  const frames = await Promise.all(
    video.map(({ representation }) => decode(join(library, title.id, title.version), representation.id, 'v')),
  );
  expect(frames).toEqual([108, 108, 108]);
  expect(await decode(join(library, title.id, title.version), 'audio-64k', 'a')).toBeGreaterThan(
    9 * (48_000 / 1024) - 2,
  );

  const shares = progress.map((each) => each.share ?? -1);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

test('title.json tells the truth about every file', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '320x180', seconds: 0.4, sound: 0.4 });
  const title = await packageFile(film, { library: folder, signal: NEVER });
  const published = join(folder, title.id);
  expect(readTitle(JSON.parse(await readFile(join(published, TITLE_FILE), 'utf8')))).toEqual(title);
  const entries = await readdir(published, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(published, join(entry.parentPath, entry.name)));
  const named = Object.entries(title.files).flatMap(([name, { encoded = {} }]) => [
    name,
    ...CONTENT_CODINGS.filter((coding) => encoded[coding]).map((coding) => encodedName(name, coding)),
  ]);
  expect(names.sort()).toEqual([TITLE_FILE, ...named].sort());
  for (const [name, file] of Object.entries(title.files)) {
    const content = await readFile(join(published, name));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect({ bytes: content.byteLength, sha256 }, name).toEqual({ bytes: file.bytes, sha256: file.sha256 });
  }
  expect(title.poster).toBe(`${title.version}/poster.jpg`);
});

test('29.97 frames a second keep their exact grid', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', rate: '30000/1001', seconds: 8 });
  const { id } = await packageFile(film, { library: folder, signal: NEVER });
  const { video, audio } = await readPublished(folder, id);
  expect(audio).toEqual([]);
  expect(video.map(startsOf)).toEqual([[0, 4.004]]);
  expect(video[0]?.representation.frameRate).toBeCloseTo(30_000 / 1001, 6);
});

test('a phone film on its side is packaged upright', async () => {
  const folder = await makeFolder();
  const flat = await makeFilm(folder, { name: 'flat.mp4', size: '320x180', seconds: 0.4 });
  const film = join(folder, 'turned.mp4');
  const turn = ['-v', 'error', '-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', film];
  await runTool(TOOLS.ffmpeg, turn, { signal: NEVER });
  const title = await packageFile(film, { library: folder, signal: NEVER });
  expect(title.representations[0]).toMatchObject({ width: 180, height: 320 });
});

test('sound alone becomes a title without pictures', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { name: 'song.m4a', sound: 5 });
  const title = await packageFile(film, { library: folder, signal: NEVER });
  expect(title.representations.map(({ kind, codecs }) => [kind, codecs])).toEqual([
    ['audio', 'mp4a.40.2'],
    ['audio', 'mp4a.40.2'],
  ]);
  expect(title.poster).toBeUndefined();
  const { audio } = await readPublished(folder, title.id);
  for (const each of audio) expectLawfulSegments(each);
});

test('silence costs the same at any rate: one is enough', async () => {
  const folder = await makeFolder();
  const loud = await makeFilm(folder, { size: '160x90', seconds: 1, sound: 1 });
  const film = join(folder, 'silent.mp4');
  await runTool(TOOLS.ffmpeg, ['-v', 'error', '-i', loud, '-c:v', 'copy', '-af', 'volume=0', film], {
    signal: NEVER,
  });
  const soundOf = async (file: string) =>
    (await packageFile(file, { library: folder, signal: NEVER })).representations.filter(
      ({ kind }) => kind === 'audio',
    );
  expect(await soundOf(film)).toHaveLength(1);
  expect((await soundOf(loud)).length).toBeGreaterThan(1);
});

test('each language has a set of its own, the default one first', async () => {
  const folder = await makeFolder();
  const tone = (frequency: number): string[] => ['-f', 'lavfi', '-i', `sine=frequency=${frequency}:d=0.5`];
  const film = join(folder, 'tongues.mkv');
  const languages = [
    '-metadata:s:a:0',
    'language=eng',
    '-metadata:s:a:1',
    'language=ger',
    '-disposition:a:0',
    '0',
  ];
  const args = [...tone(300), ...tone(400), '-map', '0', '-map', '1', '-c:a', 'aac', ...languages];
  await runTool(TOOLS.ffmpeg, ['-v', 'error', ...args, '-disposition:a:1', 'default', film], {
    signal: NEVER,
  });
  const { id } = await packageFile(film, { library: folder, signal: NEVER });
  const { presentation } = await readPublished(folder, id);
  const sets = presentation.periods[0]?.adaptationSets ?? [];
  expect(sets.map(({ lang, label, roles }) => ({ lang, label, roles }))).toEqual([
    { lang: 'de', label: 'Deutsch', roles: ['main'] },
    { lang: 'en', label: 'English', roles: ['alternate'] },
  ]);
});

test('the same film again replaces its title; another film of that name gets a number', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const one = await makeFilm(folder, { size: '64x36', seconds: 0.2 });
  const first = await packageFile(one, { library, title: 'Film', signal: NEVER });
  const again = await packageFile(one, { library, title: 'Film', signal: NEVER });
  const two = await makeFilm(folder, { name: 'other.mp4', size: '64x36', seconds: 0.3 });
  const other = await packageFile(two, { library, title: 'Film', signal: NEVER });
  expect([first.id, again.id, other.id]).toEqual(['film', 'film', 'film-2']);
  expect((await readdir(library)).sort()).toEqual(['film', 'film-2']);
});

function startsOf({ segments }: ReadRepresentation): number[] {
  return segments.map((segment) => segment.start);
}

function endOf({ segments }: ReadRepresentation): number {
  const last = segments.at(-1);
  return last ? last.start + last.duration : 0;
}

/** Behind one another from the index to the end of the file, each beginning with a `moof`. */
function expectLawfulSegments({ representation, bytes, segments }: ReadRepresentation): void {
  const { addressing } = representation;
  let next = (addressing.kind === 'index' ? (addressing.index.range?.last ?? 0) : 0) + 1;
  for (const { range } of segments) {
    expect(range?.first).toBe(next);
    expect(Buffer.from(bytes).toString('latin1', next + 4, next + 8)).toBe('moof');
    next = (range?.last ?? 0) + 1;
  }
  expect(next).toBe(bytes.byteLength);
}

function decode(folder: string, representation: string, kind: 'v' | 'a'): Promise<number> {
  return decodeFile(join(folder, `${representation}.mp4`), kind);
}
