/** Writes small titles for tests: real folders with real checksums, but bytes that are no film. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openPartial, type PartialOptions } from './publish.ts';
import type { Title } from './title.ts';
import { versionOf } from './version.ts';

const TYPES: Readonly<Record<string, string>> = {
  mpd: 'application/dash+xml',
  mp4: 'video/mp4',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
  vtt: 'text/vtt',
  html: 'text/html',
  m3u8: 'application/vnd.apple.mpegurl',
};

/** Folder of files that last; names may begin with it. */
export const TEST_VERSION = '0123456789abcdef';

/** An empty folder for a library. */
export async function makeLibrary(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'weir-library-'));
}

export function describeTitle(id: string, files: Readonly<Record<string, Uint8Array>>): Title {
  return {
    format: 1,
    id,
    title: `The film ${id}`,
    created: '2026-01-02T03:04:05.678Z',
    duration: 12.5,
    version: TEST_VERSION,
    input: { name: 'film.mp4', bytes: 1, fingerprint: 'f' },
    representations: [
      {
        id: 'v720',
        kind: 'video',
        codecs: 'avc1.64001f',
        bandwidth: 2_000_000,
        averageBandwidth: 1_500_000,
        bytes: 1,
        width: 1280,
        height: 720,
        frameRate: 24,
      },
      {
        id: 'a128',
        kind: 'audio',
        codecs: 'mp4a.40.2',
        bandwidth: 130_000,
        averageBandwidth: 128_000,
        bytes: 1,
      },
    ],
    ...(Object.hasOwn(files, 'poster.jpg') ? { poster: 'poster.jpg' } : {}),
    files: Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
        return [name, { bytes: bytes.length, sha256, type }];
      }),
    ),
  };
}

/** Publishes as the packager does; a title of the same id is replaced. */
export async function publishTitle(
  library: string,
  id: string,
  files: Readonly<Record<string, Uint8Array>>,
  { changes = {}, ...options }: PartialOptions & { readonly changes?: Partial<Title> } = {},
): Promise<Title> {
  const partial = await openPartial(library, id, options);
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(partial.directory, name)), { recursive: true });
    await writeFile(join(partial.directory, name), bytes);
  }
  return partial.publish({ ...describeTitle(id, files), ...changes });
}

/** Files of a version of their own, with an MPD that names them as the packager's does. */
export function versionedFiles(files: Readonly<Record<string, Uint8Array>>): {
  readonly version: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
} {
  const version = versionOf(describeTitle('any', files).files);
  const lasting = Object.entries(files).map(([name, bytes]) => [`${version}/${name}`, bytes]);
  const mpd = `<MPD><BaseURL>${version}/</BaseURL>${'<S/>'.repeat(100)}</MPD>`;
  return { version, files: { 'manifest.mpd': Buffer.from(mpd), ...Object.fromEntries(lasting) } };
}
