/** A published title by HLS: ffmpeg decodes all of it without an error, and each key picture out of its few bytes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLAYLIST_FILE } from '../../library/title.ts';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from '../packaging-config.ts';
import { runTool } from '../tools.ts';
import { contentOf, findTag, readByteRange, readPlaylist } from './playlist-for-tests.ts';

/** Decodes one stream of a playlist and gives the times of its frames in seconds; throws at the first error. */
async function timesIn(playlist: string, stream: string): Promise<number[]> {
  const args = ['-nostdin', '-v', 'error', '-xerror', '-allowed_extensions', 'ALL', '-i', playlist];
  const { stdout, stderr } = await runTool(TOOLS.ffmpeg, [...args, '-map', stream, '-f', 'framecrc', '-'], {
    signal: NEVER,
  });
  if (stderr.trim() !== '') throw new Error(stderr);
  const [, rate = '1/1'] = /^#tb 0: (\S+)/m.exec(stdout) ?? [];
  const [numerator = 1, denominator = 1] = rate.split('/').map(Number);
  return [...stdout.matchAll(/^0,\s*-?\d+,\s*(-?\d+)/gm)].map(
    ([, ticks]) => (Number(ticks) * numerator) / denominator,
  );
}

test.each(['indexed', 'files'] as const satisfies readonly PackagingConfig['layout'][])(
  'everything is decoded, from the start to the end (%s)',
  async (layout) => {
    const folder = await makeFolder();
    const film = await makeFilm(folder, { size: '64x36', rate: '10', seconds: 5, sound: 5 });
    const config = { ...DEFAULT_PACKAGING_CONFIG, layout, segmentSeconds: 2 };
    const { id, version } = await packageFile(film, { library: folder, config, signal: NEVER });
    const title = join(folder, id);
    const media = join(title, version);
    const pictures = await timesIn(join(title, PLAYLIST_FILE), '0:v:0');
    expect(pictures).toHaveLength(50);
    // ffmpeg shows all pictures later by the delay of their reordering, so that only differences tell.
    expect((pictures.at(-1) ?? 0) - (pictures[0] ?? 0)).toBeCloseTo(4.9, 6);
    const sounds = await timesIn(join(title, PLAYLIST_FILE), '0:a:0');
    expect(sounds[0]).toBe(0);
    expect(sounds.at(-1)).toBeCloseTo(5 - 1024 / 48_000, 1);

    const keys = readPlaylist(await readFile(join(media, 'video-36-key.m3u8'), 'utf8'));
    const map = findTag(keys.tags, 'EXT-X-MAP');
    const initialization = await bytesAt(media, map?.['URI'], map?.['BYTERANGE']);
    expect(keys.entries.length).toBeGreaterThan(1);
    const whole = readPlaylist(await readFile(join(media, 'video-36.m3u8'), 'utf8'));
    for (const [i, { tags, uri }] of keys.entries.entries()) {
      const opening = await bytesAt(media, uri, contentOf(tags, 'EXT-X-BYTERANGE'));
      const entry = whole.entries[i];
      const segment = await bytesAt(media, entry?.uri, contentOf(entry?.tags ?? [], 'EXT-X-BYTERANGE'));
      const picture = await firstPicture([initialization, segment]);
      expect(picture).toMatch(/^0,.*0x[0-9a-f]{8}$/);
      expect(await firstPicture([initialization, opening])).toBe(picture);
      expect(await firstPicture([initialization, opening.subarray(0, -1)])).not.toBe(picture);
    }
  },
);

async function bytesAt(folder: string, uri = '', byteRange?: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, uri));
  const { first, last } = readByteRange(byteRange) ?? { first: 0, last: bytes.byteLength - 1 };
  return bytes.subarray(first, last + 1);
}

/** Time and checksum of the first picture that is decoded; nothing when none is. What lies behind it may be missing. */
async function firstPicture(pieces: readonly Uint8Array[]): Promise<string | undefined> {
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }
  const args = ['-v', 'quiet', '-i', 'pipe:0', '-frames:v', '1', '-f', 'framecrc', '-'];
  const running = runTool(TOOLS.ffmpeg, args, { signal: NEVER, stdin: stdin() });
  const { stdout } = await running.catch(() => ({ stdout: '' }));
  return /^0,.*$/m.exec(stdout)?.[0];
}
