/**
 * Damages a published title in one place each, the way packagers do it: everything else is kept true, so that whatever a
 * verification says can only be about that.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findPath } from '../../player/core/mp4/box.ts';
import { decodeSegmentIndex, encodeSegmentIndex, type SegmentReference } from '../../player/core/mp4/sidx.ts';
import { joinBytes, uint32, writeBox } from '../../player/core/mp4/write-box.ts';
import { MPD_FILE, TITLE_FILE, type Title } from '../library/title.ts';

export type Damage = (folder: string) => Promise<void>;

/** Replaces `from` in the MPD, the first time it is there. */
export function inMpd(from: string | RegExp, to: string): Damage {
  return async (folder) => {
    const path = join(folder, MPD_FILE);
    const text = await readFile(path, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`The MPD has no ${from}.`);
    await replaceFile(folder, MPD_FILE, Buffer.from(changed));
  };
}

/** Writes a file of the title anew, and what `title.json` says of it. */
async function replaceFile(folder: string, name: string, content: Uint8Array): Promise<void> {
  await writeFile(join(folder, name), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await inTitle((title) => {
    const file = title.files[name];
    if (!file) throw new Error(`title.json has no "${name}".`);
    return { ...title, files: { ...title.files, [name]: { ...file, bytes: content.byteLength, sha256 } } };
  })(folder);
}

export function inTitle(change: (title: Title) => unknown): Damage {
  return async (folder) => {
    await writeFile(join(folder, TITLE_FILE), JSON.stringify(change(await readTitle(folder))));
  };
}

/** Takes the bytes of a representation's file, and gives the new ones. */
export function inMedia(id: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Damage {
  return async (folder) => {
    const name = await mediaOf(folder, id);
    await replaceFile(folder, name, change(new Uint8Array(await readFile(join(folder, name)))));
  };
}

/** Stand for the ids of the smallest picture and of the smallest sound, whatever these are. */
export const LOWEST = '(lowest)';
export const SOUND = '(sound)';

/** Path of a representation's file inside the title's folder. */
export async function mediaOf(folder: string, id: string): Promise<string> {
  const title = await readTitle(folder);
  return `${title.version}/${idIn(title, id)}.mp4`;
}

async function readTitle(folder: string): Promise<Title> {
  return JSON.parse(await readFile(join(folder, TITLE_FILE), 'utf8')) as Title;
}

function idIn({ representations }: Title, id: string): string {
  const kind = { [LOWEST]: 'video', [SOUND]: 'audio' }[id];
  return representations.findLast((each) => each.kind === kind)?.id ?? id;
}

/** One after another. */
export function all(...damages: readonly Damage[]): Damage {
  return async (folder) => {
    for (const damage of damages) await damage(folder);
  };
}

/** Adds to the decode time of the segment `number` (from 1). */
export function shiftDecodeTime(id: string, number: number, ticks: number): Damage {
  return inMedia(id, (bytes) => {
    const moof = segmentsIn(bytes)[number - 1];
    const box = moof && findPath(bytes.subarray(moof.first), ['moof', 'traf', 'tfdt']);
    if (!moof || !box) throw new Error(`There is no segment ${number}.`);
    const view = new DataView(bytes.buffer, moof.first + box.contentStart);
    const wide = view.getUint8(0) === 1;
    if (wide) view.setBigUint64(4, view.getBigUint64(4) + BigInt(ticks));
    else view.setUint32(4, view.getUint32(4) + ticks);
    return bytes;
  });
}

/** Says of the first sample of the segment `number` (from 1) that it needs others. */
export function denySync(id: string, number: number): Damage {
  return inMedia(id, (bytes) => {
    const moof = segmentsIn(bytes)[number - 1];
    const box = moof && findPath(bytes.subarray(moof.first), ['moof', 'traf', 'trun']);
    if (!moof || !box) throw new Error(`There is no segment ${number}.`);
    const trun = new DataView(bytes.buffer, moof.first + box.contentStart);
    if ((trun.getUint32(0) & 0x05) !== 0x05) throw new Error('The run has no flags for its first sample.');
    trun.setUint32(12, 0x0101_0000);
    return bytes;
  });
}

/** Makes an ordinary slice of the first IDR slice of the segment `number` (from 1), in its name alone. */
export function changeFirstSlice(id: string, number: number): Damage {
  return inMedia(id, (bytes) => {
    const segment = segmentsIn(bytes)[number - 1];
    const moof = segment && findPath(bytes.subarray(segment.first), ['moof']);
    if (!segment || !moof) throw new Error(`There is no segment ${number}.`);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    let position = segment.first + moof.end + 8;
    while ((view.getUint8(position + 4) & 31) !== 5) position += 4 + view.getUint32(position);
    view.setUint8(position + 4, 0x61);
    return bytes;
  });
}

/** Rewrites the references of the segment index in place; the file keeps its length, media move or not as they may. */
export function inIndex(
  id: string,
  change: (references: readonly SegmentReference[]) => readonly SegmentReference[],
): Damage {
  return inMedia(id, (bytes) => {
    const { index, end } = decodeSegmentIndex(bytes);
    const references = change(index.references);
    const start = end - encodeSegmentIndex(index).byteLength;
    const room = (index.references.length - references.length) * 12;
    const encoded = encodeSegmentIndex({ ...index, firstOffset: room, references });
    bytes.set(joinBytes([encoded, new Uint8Array(room)]), start);
    return bytes;
  });
}

/** Says in the segment index that it is about another track. */
export function withReference(bytes: Uint8Array<ArrayBuffer>, referenceId: number): Uint8Array {
  const { index, end } = decodeSegmentIndex(bytes);
  const encoded = encodeSegmentIndex({ ...index, referenceId });
  bytes.set(encoded, end - encoded.byteLength);
  return bytes;
}

/** Makes one segment of the first two, in the index and in the MPD that says where it is. */
export function joinFirstSegments(id: string): Damage {
  return all(
    inIndex(id, ([first, second, ...rest]) => {
      if (!first || !second) throw new Error('There are no two segments.');
      const size = first.size + second.size;
      return [{ ...first, size, durationTicks: first.durationTicks + second.durationTicks }, ...rest];
    }),
    shortenIndexRange(id, 12),
  );
}

/** Drops the last segment from file and index, as if the encoder had ended too early. */
export function dropLastSegment(id: string): Damage {
  return all(
    inMedia(id, (bytes) => bytes.subarray(0, segmentsIn(bytes).at(-1)?.first)),
    inIndex(id, (references) => references.slice(0, -1)),
    shortenIndexRange(id, 12),
  );
}

/** Swaps the first two segments, in file and index. */
export function swapSegments(id: string): Damage {
  return all(
    inMedia(id, (bytes) => {
      const [first, second] = segmentsIn(bytes);
      if (!first || !second) throw new Error('There are no two segments.');
      const before = bytes.subarray(0, first.first);
      const swapped = [bytes.subarray(second.first, second.end), bytes.subarray(first.first, first.end)];
      return joinBytes([before, ...swapped, bytes.subarray(second.end)]);
    }),
    inIndex(id, ([first, second, ...rest]) => {
      if (!first || !second) throw new Error('There are no two segments.');
      return [{ ...first, size: second.size }, { ...second, size: first.size }, ...rest];
    }),
  );
}

/** Puts an edit list back that skips `ticks`, as ffmpeg writes it, and moves all that lies behind. */
export function insertEditList(id: string, ticks: number): Damage {
  const list = writeBox('edts', writeBox('elst', uint32(0, 1, 0, ticks, 0x1_0000)));
  const grow = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => {
    const trak = findPath(bytes, ['moov', 'trak']);
    const moov = findPath(bytes, ['moov']);
    if (!trak || !moov) throw new Error('There is no track.');
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (const box of [trak, moov]) view.setUint32(box.start, view.getUint32(box.start) + list.byteLength);
    return joinBytes([bytes.subarray(0, trak.contentStart), list, bytes.subarray(trak.contentStart)]);
  };
  return all(inMedia(id, grow), moveRanges(id, list.byteLength));
}

export function removeMedia(id: string): Damage {
  return async (folder) => rm(join(folder, await mediaOf(folder, id)));
}

interface SegmentPlace {
  readonly first: number;
  readonly end: number;
}

/** By the segment index. */
function segmentsIn(bytes: Uint8Array): SegmentPlace[] {
  const { index, end } = decodeSegmentIndex(bytes);
  let first = end + index.firstOffset;
  return index.references.map(({ size }) => {
    const place = { first, end: first + size };
    first += size;
    return place;
  });
}

/** Changes a text file of the title, the first whose name matches. */
export function inFile(name: RegExp, change: (text: string) => string): Damage {
  return async (folder) => {
    const found = Object.keys((await readTitle(folder)).files).find((each) => name.test(each));
    if (!found) throw new Error(`There is no file ${name}.`);
    const text = await readFile(join(folder, found), 'utf8');
    const changed = change(text);
    if (changed === text) throw new Error(`Nothing was changed in ${found}.`);
    await replaceFile(folder, found, Buffer.from(changed));
  };
}

/** Removes the HLS playlist of a representation. */
export function removePlaylist(id: string): Damage {
  return async (folder) => {
    const title = await readTitle(folder);
    await rm(join(folder, title.version, `${idIn(title, id)}.m3u8`));
  };
}

/** Of a title with a file for each segment; `number` counts from 1. */
export function removeSegment(id: string, number: number): Damage {
  return async (folder) => rm(join(folder, await segmentOf(folder, id, number)));
}

/** Of a title with a file for each segment. */
export function swapSegmentFiles(id: string): Damage {
  return async (folder) => {
    const names = [await segmentOf(folder, id, 1), await segmentOf(folder, id, 2)] as const;
    const [first, second] = await Promise.all(names.map((name) => readFile(join(folder, name))));
    if (!first || !second) throw new Error('There are no two segments.');
    await replaceFile(folder, names[0], second);
    await replaceFile(folder, names[1], first);
  };
}

async function segmentOf(folder: string, id: string, number: number): Promise<string> {
  const title = await readTitle(folder);
  return `${title.version}/${idIn(title, id)}/${number}.m4s`;
}

function shortenIndexRange(id: string, bytes: number): Damage {
  return changeRange(id, (first, last) => [first, last - bytes]);
}

function moveRanges(id: string, bytes: number): Damage {
  return all(
    changeRange(id, (first, last) => [first + bytes, last + bytes]),
    inRepresentation(
      id,
      /(<Initialization range="0-)(\d+)/,
      (_, head, last) => `${head}${Number(last) + bytes}`,
    ),
    inRepresentation(
      id,
      /(start:2026" value="0-)(\d+)/,
      (_, head, last) => `${head}${Number(last) + bytes}`,
      true,
    ),
  );
}

function changeRange(id: string, change: (first: number, last: number) => readonly [number, number]): Damage {
  return inRepresentation(id, /(indexRange=")(\d+)-(\d+)/, (_, head, first, last) => {
    return `${head}${change(Number(first), Number(last)).join('-')}`;
  });
}

/** Inside the one Representation element. */
function inRepresentation(
  id: string,
  pattern: RegExp,
  replace: (...groups: string[]) => string,
  isOptional = false,
): Damage {
  return async (folder) => {
    const path = join(folder, MPD_FILE);
    const text = await readFile(path, 'utf8');
    const start = text.indexOf(`<Representation id="${idIn(await readTitle(folder), id)}"`);
    const end = text.indexOf('</Representation>', start);
    const changed = text.slice(start, end).replace(pattern, replace);
    if (!isOptional && changed === text.slice(start, end)) throw new Error(`"${id}" has no ${pattern}.`);
    await replaceFile(folder, MPD_FILE, Buffer.from(text.slice(0, start) + changed + text.slice(end)));
  };
}
