/** Files for the tests of the cache: real ones on disk, with an account of what is read from them and when. */
import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StoredFile } from './open-files.ts';

export interface TestFile extends StoredFile {
  readonly path: string;
  readonly content: Buffer;
  /** `first-last` of each read that reached the disk, in order. */
  readonly reads: string[];
  /** Times it has been opened. */
  opened(): number;
  /** While set, reads wait for it before they begin. */
  gate: Promise<void> | undefined;
}

let count = 0;

export async function makeFile(size: number): Promise<TestFile> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-cache-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'film.mp4');
  const content = randomBytes(size);
  await writeFile(path, content);
  const probe = await open(path);
  const identity = identityOf(await probe.stat({ bigint: true }));
  await probe.close();
  count += 1;
  const name = `film-${count}`;
  let opened = 0;

  function watched(handle: FileHandle): FileHandle {
    const readv = handle.readv.bind(handle);
    handle.readv = async <B extends readonly NodeJS.ArrayBufferView[]>(buffers: B, position?: number) => {
      await file.gate;
      const length = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
      file.reads.push(`${position}-${(position ?? 0) + length - 1}`);
      return readv(buffers, position);
    };
    return handle;
  }

  const file: TestFile = {
    name,
    path,
    content,
    bytes: size,
    identity: `${name}:${identity}`,
    reads: [],
    gate: undefined,
    opened: () => opened,
    open: async () => {
      opened += 1;
      return watched(await open(path));
    },
    check: async (handle) => {
      if (identityOf(await handle.stat({ bigint: true })) !== identity)
        throw new Error(`${name} has changed.`);
    },
  };
  return file;
}

function identityOf({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino}:${size}:${mtimeNs}`;
}
