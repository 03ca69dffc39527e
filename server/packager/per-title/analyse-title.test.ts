/** A whole analysis of tiny films by a real ffmpeg: what it finds, that it finds it again, and what it leaves behind. */
import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { videoStream } from '../input/input-for-tests.ts';
import { probe } from '../input/probe.ts';
import { chooseLadder } from '../ladder/ladder.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from '../packaging-config.ts';
import { type AnalyseOptions, analyseTitle } from './analyse-title.ts';

function optionsFor(workFolder: string, config: Partial<PackagingConfig>): AnalyseOptions {
  return {
    config: { ...DEFAULT_PACKAGING_CONFIG, preset: 'ultrafast', ...config },
    tools: TOOLS,
    signal: NEVER,
    workFolder,
    abilities: { canConvertLight: false, hasZscale: false, av1Encoder: 'libsvtav1' },
  };
}

test('a film is tried in all sizes and qualities; the same rungs come out each time; nothing is left', async () => {
  const folder = await makeFolder();
  const input = await probe(
    await makeFilm(folder, { size: '640x360', rate: '10', seconds: 6, sound: 6 }),
    TOOLS,
    NEVER,
  );
  const shares: number[] = [];
  const options = {
    ...optionsFor(folder, { perTitle: 'always' }),
    onProgress: (share: number) => shares.push(share),
  };
  const { rungs, report, cpu, reason } = await analyseTitle(input, options);
  expect(reason).toBeUndefined();
  expect(report?.shots).toHaveLength(3);
  expect(shares).toEqual([1 / 3, 2 / 3, 1]);
  const [found] = report?.codecs ?? [];
  expect(found?.points.map(({ height, crf }) => `${height} ${crf}`)).toEqual([
    '360 23',
    '360 29',
    '360 35',
    '234 18',
    '234 24',
    '234 30',
  ]);
  for (const { rate, quality } of found?.points ?? []) {
    expect(rate).toBeGreaterThan(10_000);
    expect(quality).toBeGreaterThan(0.3);
  }
  expect(rungs).toHaveLength(found?.chosen.length ?? 0);
  expect(cpu.encoding).toBeGreaterThan(0);
  expect(await analyseTitle(input, options)).toMatchObject({ rungs, report });
  expect(await readdir(folder)).toEqual(['film.mp4']);
}, 60_000);

test('short films are not analysed unless it is wanted, and never when it is not; sound has no ladder', async () => {
  const folder = await makeFolder();
  const input = await probe(await makeFilm(folder, { size: '160x90', sound: 1 }), TOOLS, NEVER);
  for (const perTitle of ['auto', 'never'] as const) {
    const analysis = await analyseTitle(input, optionsFor(folder, { perTitle }));
    expect(analysis).toEqual({
      rungs: input.video && chooseLadder(input.video),
      cpu: { encoding: 0, measuring: 0 },
    });
  }
  const { video: _, ...sound } = input;
  expect((await analyseTitle(sound, optionsFor(folder, { perTitle: 'always' }))).rungs).toEqual([]);
});

test('a film that cannot be probed gets the usual ladder, and a sentence', async () => {
  const folder = await makeFolder();
  const input = await probe(await makeFilm(folder, { size: '160x90', seconds: 2 }), TOOLS, NEVER);
  const options = {
    ...optionsFor(folder, { perTitle: 'always' }),
    tools: { ...TOOLS, ffmpeg: 'no-such-program' },
  };
  const { rungs, reason, report } = await analyseTitle(input, options);
  expect(rungs).toEqual(input.video && chooseLadder(input.video));
  expect(reason).toMatch(/could not be analysed: .*not found/);
  expect(report).toBeUndefined();
});

test('a film of a single picture gets the usual ladder', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 0.04 });
  const { duration: _, ...input } = await probe(film, TOOLS, NEVER);
  const { end: __, ...video } = input.video ?? videoStream();
  const { rungs, reason } = await analyseTitle(
    { ...input, video },
    optionsFor(folder, { perTitle: 'always' }),
  );
  expect(rungs).toEqual(chooseLadder(video));
  expect(reason).toMatch(/too short/);
});

test('an interrupted analysis leaves nothing', async () => {
  const folder = await makeFolder();
  const input = await probe(
    await makeFilm(folder, { size: '640x360', rate: '10', seconds: 6 }),
    TOOLS,
    NEVER,
  );
  const stop = new AbortController();
  const options = { ...optionsFor(folder, { perTitle: 'always' }), signal: stop.signal };
  const analysis = analyseTitle(input, { ...options, onProgress: () => stop.abort(new Error('enough')) });
  await expect(analysis).rejects.toThrow('enough');
  expect(await readdir(folder)).toEqual(['film.mp4']);
});
