/**
 * The folder of a run that may be killed: encoded chunks, and a journal of which of them are finished. Whoever works in it
 * has put its name into the folder's, so that taking over what a dead process left is one rename, which only one can win.
 *
 *   .work-<key>-<process>-<number>   key: of everything that decides what comes out; process: `process-identity.ts`;
 *                                    number: by chance, as one process may work on the same film twice at once
 *     input.json             which file it is about
 *     <job>.done             one for each finished job, written last
 *     <representation>.<job>.raw
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isIdentityAlive, ownIdentity } from './process-identity.ts';
import type { SeamDigests } from './pulse.ts';

/** What came to light while a job was done. */
export interface JobFindings {
  readonly seams: SeamDigests;
  /** Whether the decoder complained about the input. */
  readonly isSuspicious: boolean;
}

/** What a finished job left. */
export interface JobRecord extends JobFindings {
  /** Bytes by name, of those outputs that got anything. */
  readonly files: Readonly<Record<string, number>>;
}

export interface WorkFolder {
  readonly directory: string;
  /** `undefined` when the job is not finished, or its files are not what they were. */
  recordOf(jobId: string): Promise<JobRecord | undefined>;
  /** Removes what an unfinished run of the job left: an encoder that outlived its packager may still write to it. */
  begin(files: readonly string[]): Promise<void>;
  /** After this the job need never be done again, whatever happens. */
  finish(jobId: string, files: readonly string[], findings: JobFindings): Promise<JobRecord>;
  remove(): Promise<void>;
}

/** Takes over the folder that a dead run with the same key left, else makes one. The library is there. */
export async function openWorkFolder(library: string, key: string, input: string): Promise<WorkFolder> {
  const directory = join(library, `.work-${key}-${ownIdentity()}-${randomBytes(4).toString('hex')}`);
  if (!(await takeOver(library, key, directory))) await mkdir(directory);
  await writeDurably(join(directory, INPUT_FILE), JSON.stringify({ file: input }));
  return {
    directory,
    recordOf: (jobId) => readRecord(directory, jobId),
    begin: async (files) => {
      for (const file of files) await rm(file, { force: true });
    },
    finish: (jobId, files, findings) => writeRecord(directory, jobId, files, findings),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

const INPUT_FILE = 'input.json';

async function takeOver(library: string, key: string, directory: string): Promise<boolean> {
  for (const found of await workFoldersIn(library)) {
    if (found.key !== key || isIdentityAlive(found.owner)) continue;
    try {
      await rename(join(library, found.name), directory);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return false;
}

/** Seconds after which nobody will come back to what a dead run left. */
const LONGEST_REST = 7 * 24 * 3600;

/** Removes what dead runs left a week ago, or of inputs that are gone. `now` in seconds since 1970. */
export async function recoverWorkFolders(library: string, now = Date.now() / 1000): Promise<void> {
  for (const { name, owner } of await workFoldersIn(library)) {
    const directory = join(library, name);
    if (isIdentityAlive(owner) || !(await isStale(directory, now))) continue;
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function isStale(directory: string, now: number): Promise<boolean> {
  const { mtimeMs } = await stat(directory);
  if (now - mtimeMs / 1000 > LONGEST_REST) return true;
  const text = await readFile(join(directory, INPUT_FILE), 'utf8').catch(() => '{}');
  const { file } = JSON.parse(text) as { file?: string };
  return !file || !(await exists(file));
}

async function workFoldersIn(library: string): Promise<{ name: string; key: string; owner: string }[]> {
  const names = await readdir(library).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => {
    const [, key, owner] = /^\.work-([0-9a-f]+)-([\d.]+)-[0-9a-f]+$/.exec(name) ?? [];
    return key && owner ? [{ name, key, owner }] : [];
  });
}

async function readRecord(directory: string, jobId: string): Promise<JobRecord | undefined> {
  const text = await readFile(join(directory, `${jobId}.done`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const record = JSON.parse(text) as JobRecord;
  for (const [name, bytes] of Object.entries(record.files)) {
    const status = await stat(join(directory, name)).catch(() => undefined);
    if (status?.size !== bytes) return undefined;
  }
  return record;
}

async function writeRecord(
  directory: string,
  jobId: string,
  files: readonly string[],
  findings: JobFindings,
): Promise<JobRecord> {
  const sizes: Record<string, number> = {};
  for (const file of files) {
    const bytes = await flushFile(file);
    if (bytes > 0) sizes[basename(file)] = bytes;
  }
  const record: JobRecord = { ...findings, files: sizes };
  await writeDurably(join(directory, `${jobId}.done`), JSON.stringify(record));
  return record;
}

/** Gives the size; 0 for a file that is not there. */
async function flushFile(file: string): Promise<number> {
  const handle = await open(file, 'r+').catch(() => undefined);
  if (!handle) return 0;
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** Whole or not at all, and still there after the power failed. */
async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(`${path}.new`, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
