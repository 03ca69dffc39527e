/**
 * Damages a published title in one place each, the way packagers do it: everything else is kept true, so that whatever a
 * verification says can only be about that.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boxesIn, findPath } from '../../player/core/mp4/box.ts';
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
    const path = join(folder, TITLE_FILE);
    const title = JSON.parse(await readFile(path, 'utf8')) as Title;
    await writeFile(path, JSON.stringify(change(title)));
  };
}

/** Takes the bytes of a representation's file, and gives the new ones. */
export function inMedia(id: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): Damage {
  return async (folder) => {
    const name = await mediaOf(folder, id);
    await replaceFile(folder, name, change(new Uint8Array(await readFile(join(folder, name)))));
  };
}

/** Path of a representation's file inside the title's folder. */
export async function mediaOf(folder: string, id: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, TITLE_FILE), 'utf8')) as Title;
  return `${version}/${id}.mp4`;
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

/** Boxes of the whole file, for those who want to know what they damage. */
export function boxTypes(bytes: Uint8Array): string[] {
  return [...boxesIn(bytes)].map(({ type }) => type);
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
    const start = text.indexOf(`<Representation id="${id}"`);
    const end = text.indexOf('</Representation>', start);
    const changed = text.slice(start, end).replace(pattern, replace);
    if (!isOptional && changed === text.slice(start, end)) throw new Error(`"${id}" has no ${pattern}.`);
    await replaceFile(folder, MPD_FILE, Buffer.from(text.slice(0, start) + changed + text.slice(end)));
  };
}
