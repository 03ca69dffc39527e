/** What ladders made for each film save against the usual one, in real encodings of whole films. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleFilm } from '../../server/packager/sample-film.ts';
import { toolsFrom } from '../../server/packager/tools.ts';
import { compareLaddersOfFilm, type FilmComparison } from './ladder/compare-ladders-of-film.ts';
import { formatFilm } from './ladder/format-comparison.ts';

/** Without files: of a generated film. Says how each went as soon as it is done. */
export async function measureLadders(
  files: readonly string[],
  signal: AbortSignal,
  onFilm: (table: string) => void,
): Promise<FilmComparison[]> {
  const tools = toolsFrom(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  try {
    const generated = join(folder, 'generated.mp4');
    if (files.length === 0) await makeSampleFilm(generated, { signal, tools });
    const films: FilmComparison[] = [];
    for (const [i, file] of (files.length > 0 ? files : [generated]).entries()) {
      const own = join(folder, `${i}`);
      const film = await compareLaddersOfFilm(file, { folder: own, tools, signal });
      await rm(own, { recursive: true, force: true });
      onFilm(formatFilm(film));
      films.push(film);
    }
    return films;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
