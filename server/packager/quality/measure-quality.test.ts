/** Quality of finished titles: nearly 1 for pictures that lost nearly nothing, whatever the input's clock and container. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAbilities } from '../encode/abilities.ts';
import { encodeInput } from '../encode/encode-input.ts';
import { planInput } from '../encode/plan-input.ts';
import { openWorkFolder } from '../encode/work-folder.ts';
import { type FilmSketch, makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { probe } from '../input/probe.ts';
import { makeRepresentations } from '../media/make-representations.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from '../packaging-config.ts';
import { measureQuality } from './measure-quality.ts';

/** By id of the representation. */
async function qualityOf(
  film: string,
  library: string,
  config: Partial<PackagingConfig>,
): Promise<ReadonlyMap<string, number>> {
  let quality: ReadonlyMap<string, number> = new Map();
  await packageFile(film, {
    library,
    config: { ...CONFIG, ...config },
    signal: NEVER,
    onMade: (made) => {
      quality = made.quality;
    },
  });
  return quality;
}

const CONFIG: PackagingConfig = { ...DEFAULT_PACKAGING_CONFIG, segmentSeconds: 1, preset: 'ultrafast' };

/** Of an encoding in one rung that loses next to nothing. */
async function qualityOfGood(sketch: FilmSketch): Promise<number | undefined> {
  const folder = await makeFolder();
  const file = await makeFilm(folder, { size: '160x90', seconds: 6, ...sketch });
  const input = await probe(file, TOOLS, NEVER, CONFIG.input);
  const abilities = await findAbilities({ input, tools: TOOLS, config: CONFIG }, { signal: NEVER });
  const rate = { kind: 'crf', crf: 1, maxRate: 100_000_000 } as const;
  const { plan } = planInput(
    { input, config: CONFIG },
    [{ id: 'v', width: 160, height: 90, codec: 'h264', rate }],
    abilities,
  );
  const work = await openWorkFolder(folder, 'abc', file);
  const encoded = await encodeInput(plan, {
    work,
    tools: TOOLS,
    signal: NEVER,
    parallel: 1,
    onStatus: () => undefined,
    onDone: () => undefined,
  });
  const directory = join(folder, 'made');
  await mkdir(directory);
  const { video } = await makeRepresentations(input, encoded, { directory, config: CONFIG, signal: NEVER });
  const representations = video.flatMap((set) => set.representations);
  const places = { directory, workFolder: join(folder, 'samples') };
  const request = { input, representations, ...places, abilities, tools: TOOLS, signal: NEVER };
  return (await measureQuality(request)).quality.get('v');
}

test.each<[string, FilmSketch]>([
  ['MP4', {}],
  ['29.97 frames a second', { rate: '30000/1001' }],
  ['a clock that begins at 10 s', { name: 'film.mkv', options: ['-output_ts_offset', '10'] }],
  ['a transport stream', { name: 'film.ts' }],
])('frame by frame the same as the input: %s', async (_, sketch) => {
  expect(await qualityOfGood(sketch)).toBeGreaterThan(0.998);
});

test('fewer bits and fewer pixels show less; the layout makes no difference; nothing is left beside the title', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '640x360', rate: '10', seconds: 5 });
  const library = join(folder, 'library');
  const indexed = await qualityOf(film, library, {});
  const files = await qualityOf(film, join(folder, 'other'), { layout: 'files' });
  expect(files).toEqual(indexed);
  const values = ['video-360', 'video-234', 'video-234-crf28'].map((id) => indexed.get(id) ?? 0);
  expect(values).toEqual([...values].sort((a, b) => b - a));
  expect(values[0]).toBeGreaterThan(0.9);
  expect(await readdir(join(library, 'film'))).not.toContain('samples');
});
