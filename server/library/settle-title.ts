/**
 * The second half of publishing: a title that came into force in `<id>/.next` is moved to its places file by file, and what
 * nobody needs any more goes. Readers look into `.next` first, so they see one whole title at each moment. Any number of
 * processes may do this at the same time, and any may begin again where another one was killed.
 */
import { randomUUID } from 'node:crypto';
import { readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent, NEXT_FOLDER, readTitleFile } from './current-title.ts';
import { formerAfter, isExpired, type Moment } from './former-versions.ts';
import { GONE, isGone, move, moveOver, remove } from './move.ts';
import { syncFolder } from './sync-folder.ts';
import { CONTENT_CODINGS, encodedName, isVersion, TITLE_FILE, type Title, titleText } from './title.ts';

/** Does nothing when nothing came into force. Whatever belongs neither to the title nor to a former version is removed. */
export async function settleTitle(folder: string, moment: Moment): Promise<void> {
  const next = join(folder, NEXT_FOLDER);
  const names = await namesIn(next);
  if (!names) return;
  await correctFormer(folder, moment);
  for (const name of names) {
    if (name !== TITLE_FILE) await moveOver(join(next, name), join(folder, name));
  }
  await syncFolder(folder);
  await moveOver(join(next, TITLE_FILE), join(folder, TITLE_FILE));
  await removeEmpty(next);
  await syncFolder(folder);
  await removeUnlisted(folder, moment);
}

/** Removes the folders of former versions whose time is over, and what others left half removed. */
export async function removeExpired(folder: string, { now, config }: Moment): Promise<void> {
  const names = (await namesIn(folder)) ?? [];
  for (const name of names.filter(isGone)) await remove(join(folder, name));
  if (names.filter(isVersion).length < 2 || names.includes(NEXT_FOLDER)) return;
  const former = (await readTitleFile(join(folder, TITLE_FILE)))?.former ?? [];
  for (const { version } of former.filter((each) => isExpired(each, now, config))) {
    await remove(join(folder, version));
  }
}

/**
 * When another publication was settled after this one was written and before it came into force, its version is a former one
 * too. The file is written under a name that anybody may remove: nothing of it is left if this process is killed.
 */
async function correctFormer(folder: string, moment: Moment): Promise<void> {
  const path = join(folder, NEXT_FOLDER, TITLE_FILE);
  const coming = await readTitleFile(path);
  const settled = await readTitleFile(join(folder, TITLE_FILE));
  if (!coming || !settled) return;
  const former = formerAfter(settled, coming.version, moment);
  const known = new Set(coming.former?.map(({ version }) => version));
  if (former.every(({ version }) => known.has(version))) return;
  const written = join(folder, `${GONE}${randomUUID()}`);
  await writeFile(written, titleText({ ...coming, former }), { flush: true });
  await move(written, path);
}

/** A folder that has something in it again is another publication's. */
async function removeEmpty(path: string): Promise<void> {
  await rmdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && !isAbsent(error)) throw error;
  });
}

/** Names with a dot before them are not the library's, and stay. The names are read first: what comes later is left alone. */
async function removeUnlisted(folder: string, moment: Moment): Promise<void> {
  const names = (await namesIn(folder)) ?? [];
  const title = await readTitleFile(join(folder, TITLE_FILE));
  if (!title || names.includes(NEXT_FOLDER)) return;
  const listed = listedNames(title, moment);
  for (const name of names) {
    if (isGone(name) || !(name.startsWith('.') || listed.has(name))) await remove(join(folder, name));
  }
}

/** What stands in the title's folder itself. */
function listedNames({ files, former = [] }: Title, { now, config }: Moment): Set<string> {
  const names = new Set([TITLE_FILE]);
  for (const [path, { encoded }] of Object.entries(files)) {
    names.add(firstOf(path));
    for (const coding of CONTENT_CODINGS)
      if (encoded?.[coding]) names.add(firstOf(encodedName(path, coding)));
  }
  for (const each of former) if (!isExpired(each, now, config)) names.add(each.version);
  return names;
}

function firstOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  return readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
}
