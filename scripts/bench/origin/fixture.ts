/** A published title for load: random bytes in the shapes that viewers ask for, laid out as any web server can serve it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TITLE_FILE, type Title, type TitleFile } from '../../../server/library/title.ts';
import { versionOf } from '../../../server/library/version.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A request of the benchmark: the path, and the Range header if there is one. */
export interface Target {
  readonly path: string;
  readonly range?: string;
}

export interface LoadCase {
  readonly name: string;
  /** Asked for in turn. */
  readonly targets: readonly Target[];
}

const ID = 'bench';
const SEGMENTS = 32;
const FILM_SIZE = 50 * MIB;
const RANGE_SIZE = 256 * KIB;

/** Bytes of all segments and of the film. */
export const MEDIA_SIZE = FILM_SIZE + SEGMENTS * MIB;

/** Writes the title below `library` and says what to ask for: whole segments, ranges of one long file, the MPD. */
export async function makeFixture(library: string): Promise<readonly LoadCase[]> {
  const media = new Map<string, Buffer>([['video.mp4', randomBytes(FILM_SIZE)]]);
  for (let i = 1; i <= SEGMENTS; i++) media.set(`video-${i}.m4s`, randomBytes(MIB));
  const version = versionOf(factsOf(media));
  const files = new Map([...media].map(([name, bytes]) => [`${version}/${name}`, bytes]));
  files.set('manifest.mpd', Buffer.from(`<MPD>${'<S d="4"/>'.repeat(512)}</MPD>`));
  for (const [name, bytes] of files) await writeTo(join(library, ID, name), bytes);
  await writeTo(join(library, ID, TITLE_FILE), JSON.stringify(titleOf(version, factsOf(files))));
  const url = (name: string): string => `/media/${ID}/${name}`;
  const ranges = Array.from({ length: FILM_SIZE / RANGE_SIZE - 1 }, (_, i): Target => {
    // Segments of a film begin anywhere, so the ranges are not aligned to the blocks of any cache.
    const first = i * RANGE_SIZE + ((i * 7919) % RANGE_SIZE);
    return { path: url(`${version}/video.mp4`), range: `bytes=${first}-${first + RANGE_SIZE - 1}` };
  });
  return [
    {
      name: '1 MiB segments',
      targets: Array.from({ length: SEGMENTS }, (_, i) => ({ path: url(`${version}/video-${i + 1}.m4s`) })),
    },
    { name: '256 KiB ranges', targets: ranges },
    { name: 'MPD, 5 KiB', targets: [{ path: url('manifest.mpd') }] },
  ];
}

async function writeTo(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function factsOf(files: ReadonlyMap<string, Buffer>): Record<string, TitleFile> {
  const facts = [...files].map(([name, bytes]): [string, TitleFile] => [
    name,
    {
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      type: name.endsWith('.mpd') ? 'application/dash+xml' : 'video/mp4',
    },
  ]);
  return Object.fromEntries(facts);
}

function titleOf(version: string, files: Record<string, TitleFile>): Title {
  return {
    format: 1,
    id: ID,
    title: 'Load',
    created: new Date().toISOString(),
    duration: 128,
    version,
    input: { name: 'random', bytes: 1, fingerprint: 'random' },
    representations: [],
    files,
  };
}
