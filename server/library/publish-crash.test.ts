/** Publishing that is killed anywhere: after each single step on the disk there is one whole title, the old or the new. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createLibrary, type Library } from './read-library.ts';
import { recoverLibrary } from './recover-library.ts';
import { makeLibrary, publishTitle, versionedFiles } from './test-title.ts';

/** What happens on the disk; after `left` steps the process is as good as dead: nothing it does has an effect any more. */
const disk = {
  left: Number.POSITIVE_INFINITY,
  steps: [] as string[],
  /** Somebody else's doing, just before a step. */
  intrude: async (_step: string) => undefined as unknown,
};

const CHANGING = ['mkdir', 'rename', 'rm', 'rmdir', 'writeFile'] as const;
const real = { ...fs };

function counting(name: string, call: (...values: never[]) => Promise<unknown>) {
  return async (...values: never[]) => {
    if (disk.left <= 0) throw new Error('This process was killed.');
    disk.left -= 1;
    const step = [name, ...values].filter((value) => typeof value === 'string').join(' ');
    await disk.intrude(step);
    disk.steps.push(step);
    return call(...values);
  };
}

/** Node's own functions, counted: modules see the change, since imported names of built-in modules are live. */
beforeAll(() => {
  for (const name of CHANGING) Object.assign(fs, { [name]: counting(name, real[name] as never) });
  const open: typeof fs.open = async (...values) => {
    const handle = await real.open(...values);
    const sync = handle.sync.bind(handle);
    handle.sync = () => {
      disk.steps.push(`sync ${String(values[0])}`);
      return sync();
    };
    return handle;
  };
  Object.assign(fs, { open });
  syncBuiltinESMExports();
});

afterAll(() => {
  Object.assign(fs, real);
  syncBuiltinESMExports();
});

/** Runs `work`, killed after so many steps; tells whether it came to its end. */
async function killAfter(steps: number, work: () => Promise<unknown>): Promise<boolean> {
  disk.left = steps;
  try {
    await work();
    return true;
  } catch (error) {
    if (!String(error).includes('killed')) throw error;
    return false;
  } finally {
    disk.left = Number.POSITIVE_INFINITY;
  }
}

const captions = `WEBVTT\n\n${'00:00.000 --> 00:01.000\nHello\n\n'.repeat(30)}`;
const versions = ['old', 'new', 'third'].map((text) =>
  versionedFiles({
    'v720.mp4': Buffer.from(`${text} picture`),
    'a128.m4a': Buffer.from(`${text} sound`),
    'en.vtt': Buffer.from(text + captions),
  }),
);
const [old, young, third] = versions as [Edition, Edition, Edition];
type Edition = ReturnType<typeof versionedFiles>;

const publish = (library: string, { version, files }: Edition) =>
  publishTitle(
    library,
    'film',
    { ...files, 'master.m3u8': Buffer.from(`#EXTM3U ${version} `.repeat(20)) },
    { changes: { version } },
  );

/** The version in force, after every file of it was read and compared with its checksum. */
async function readWhole(directory: string): Promise<string | undefined> {
  const library = createLibrary(directory);
  const title = await library.title('film');
  expect((await library.list()).damaged).toEqual([]);
  for (const name of Object.keys(title?.files ?? {})) expect(await isRight(library, name), name).toBe(true);
  return title?.version;
}

/** Whether whoever began with this version can go on. */
async function isServed(directory: string, { version, files }: Edition): Promise<boolean> {
  const library = createLibrary(directory);
  const names = Object.keys(files).filter((name) => name.startsWith(`${version}/`));
  const found = await Promise.all(names.map((name) => isRight(library, name)));
  return found.every(Boolean);
}

/** Whether a file of the title is there, and every form of it is what its checksum says. */
async function isRight(library: Library, name: string): Promise<boolean> {
  const file = await library.find('film', name);
  if (!file) return false;
  for (const form of [file, ...file.encoded.values()]) {
    const handle = await form.open();
    const content = await handle.readFile();
    await handle.close();
    if (createHash('sha256').update(content).digest('hex') !== form.sha256) return false;
  }
  return true;
}

async function openLibrary(): Promise<string> {
  const directory = await makeLibrary();
  onTestFinished(() => fs.rm(directory, { recursive: true, force: true }));
  return directory;
}

test.each([
  ['other content', young],
  ['the same content', old],
])(
  '%s over a title: killed after any step, a whole title is served, and the old version goes on',
  async (_, next) => {
    const former = await openLibrary();
    await publish(former, old);
    let isDone = false;
    const inForce: (string | undefined)[] = [];
    for (let steps = 0; !isDone; steps++) {
      const directory = await openLibrary();
      await fs.cp(former, directory, { recursive: true });
      isDone = await killAfter(steps, () => publish(directory, next));
      inForce.push(await readWhole(directory));
      expect(await isServed(directory, old), `after ${steps} steps`).toBe(true);
      if (isDone) expect(inForce.at(-1)).toBe(next.version);

      await recoverLibrary(directory, { isAlive: () => false });
      expect(await readWhole(directory)).toBe(inForce.at(-1));
      await publish(directory, third);
      expect(await readWhole(directory)).toBe(third.version);
      expect(await isServed(directory, old)).toBe(true);
      const names = await fs.readdir(join(directory, 'film'));
      expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    }
    expect(inForce.length).toBeGreaterThan(15);
    expect(inForce.every((version) => version === old.version || version === next.version)).toBe(true);
  },
);

test('a first publication killed after any step is there whole or not at all', async () => {
  let isDone = false;
  for (let steps = 0; !isDone; steps++) {
    const directory = await openLibrary();
    isDone = await killAfter(steps, () => publish(directory, young));
    expect(await readWhole(directory)).toBe(isDone ? young.version : undefined);
  }
});

/** A library in which a publication was killed as soon as it was in force. */
async function openUnsettled(): Promise<string> {
  const directory = await openLibrary();
  await publish(directory, old);
  for (let steps = 0; (await readWhole(directory)) !== young.version; steps++) {
    await killAfter(steps, () => publish(directory, young));
  }
  return directory;
}

test('recovering that is killed itself after any step leaves the title whole', async () => {
  const unsettled = await openUnsettled();
  const later = new Date(Date.now() + 48 * 3_600_000);
  let isDone = false;
  for (let steps = 0; !isDone; steps++) {
    const directory = await openLibrary();
    await fs.cp(unsettled, directory, { recursive: true });
    isDone = await killAfter(steps, () => recoverLibrary(directory, { now: later, isAlive: () => false }));
    expect(await readWhole(directory)).toBe(young.version);
  }
});

test('whatever comes into force is on the disk by then, and so is its coming', async () => {
  const directory = await openLibrary();
  await publish(directory, old);
  disk.steps.length = 0;
  await publish(directory, young);
  const partial = join(directory, `.partial-film-${process.pid}`);
  const place = join(directory, 'film');
  const coming = disk.steps.indexOf(`rename ${partial} ${join(place, '.next')}`);
  const synced = disk.steps.slice(0, coming).filter((step) => step.startsWith('sync'));
  for (const name of Object.keys(young.files)) expect(synced).toContain(`sync ${join(partial, name)}`);
  expect(synced).toContain(`sync ${join(partial, young.version)}`);
  expect(synced.at(-1)).toBe(`sync ${partial}`);
  expect(disk.steps[coming + 1]).toBe(`sync ${place}`);
});

test('a publication that comes between the writing and the coming into force of another is a former version of it', async () => {
  const directory = await openLibrary();
  await publish(directory, old);
  disk.intrude = async (step) => {
    if (!step.endsWith('.next')) return;
    disk.intrude = async () => undefined;
    const elsewhere = await openLibrary();
    await fs.cp(join(directory, 'film'), join(elsewhere, 'film'), { recursive: true });
    await publish(elsewhere, third);
    await fs.rm(join(directory, 'film'), { recursive: true });
    await fs.rename(join(elsewhere, 'film'), join(directory, 'film'));
  };
  await publish(directory, young);
  expect(await readWhole(directory)).toBe(young.version);
  for (const edition of [old, third]) expect(await isServed(directory, edition)).toBe(true);
});
