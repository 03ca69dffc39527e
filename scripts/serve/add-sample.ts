/** Fills an empty library with one generated film, so that the very first start shows something that plays. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../../server/packager/package-file.ts';
import { makeSampleFilm } from '../../server/packager/sample-film.ts';

/**
 * `onProgress` is told whole percents, each at most once.
 * @throws PackagingError or ToolError, each with a sentence; the signal's reason. Nothing is left behind then.
 */
export async function addSample(
  library: string,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (percent: number) => void },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-sample-'));
  let shown = -1;
  try {
    const film = join(folder, 'weir-sample.mp4');
    await makeSampleFilm(film, { signal });
    await packageFile(film, {
      library,
      id: 'weir-sample',
      title: 'Weir sample',
      signal,
      onProgress: ({ share = 0 }) => {
        const percent = Math.floor(share * 100);
        if (percent > shown) onProgress(percent);
        shown = Math.max(shown, percent);
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
