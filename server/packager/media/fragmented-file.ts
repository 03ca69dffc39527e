/** Reads the plan of a fragmented MP4 file of one track: its initialization, and where each fragment is and when. */
import { type FileHandle, open } from 'node:fs/promises';
import { boxesIn } from '../../../player/core/mp4/box.ts';
import { type FragmentTiming, readFragment } from '../../../player/core/mp4/fragment.ts';
import { readTrack, type Track } from '../../../player/core/mp4/initialization.ts';
import { joinBytes } from '../../../player/core/mp4/write-box.ts';

/** A `moof` and the `mdat` right behind it. */
export interface Fragment extends FragmentTiming {
  /** Position of the first byte in the file. */
  readonly position: number;
  readonly bytes: number;
  /** Of the `moof` alone. */
  readonly moofBytes: number;
}

export interface FragmentedFile {
  readonly file: string;
  /** `ftyp` and `moov`, one behind the other. */
  readonly initialization: Uint8Array<ArrayBuffer>;
  readonly track: Track;
  /** In order of the file; none when the encoder had nothing to write. */
  readonly fragments: readonly Fragment[];
}

interface BoxPlace {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads headers and `moof` boxes alone, so memory and time do not grow with the media.
 * @throws StreamingError `index-invalid` when a box cannot be read; Error when a fragment is incomplete.
 */
export async function readFragmentedFile(file: string): Promise<FragmentedFile> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const places: BoxPlace[] = [];
    for await (const place of topLevelBoxes(handle, size)) places.push(place);
    const initialization = joinBytes(
      await Promise.all(
        places
          .filter(({ type }) => type === 'ftyp' || type === 'moov')
          .map((place) => readBytes(handle, place)),
      ),
    );
    const track = readTrack(initialization);
    const fragments: Fragment[] = [];
    for (const [i, place] of places.entries()) {
      if (place.type === 'moof') fragments.push(await readOne(handle, track, place, places[i + 1]));
    }
    return { file, initialization, track, fragments };
  } finally {
    await handle.close();
  }
}

async function readOne(
  handle: FileHandle,
  track: Track,
  moof: BoxPlace,
  mdat: BoxPlace | undefined,
): Promise<Fragment> {
  if (mdat?.type !== 'mdat') throw new Error(`The fragment at byte ${moof.start} has no media behind it.`);
  const timing = readFragment(await readBytes(handle, moof), track);
  return {
    ...timing,
    position: moof.start,
    bytes: mdat.end - moof.start,
    moofBytes: moof.end - moof.start,
  };
}

const HEADER_ROOM = 16;

async function* topLevelBoxes(handle: FileHandle, size: number): AsyncGenerator<BoxPlace> {
  let position = 0;
  while (position < size) {
    const header = await readBytes(handle, { start: position, end: Math.min(size, position + HEADER_ROOM) });
    const [box] = boxesIn(header);
    if (!box || position + box.end > size) throw new Error(`The box at byte ${position} is cut off.`);
    const end = box.end === header.byteLength && isOpenEnded(header) ? size : position + box.end;
    yield { type: box.type, start: position, end };
    position = end;
  }
}

/** A size of 0 means: to the end of the file (ISO/IEC 14496-12 §4.2). */
function isOpenEnded(header: Uint8Array): boolean {
  return header.subarray(0, 4).every((byte) => byte === 0);
}

async function readBytes(
  handle: FileHandle,
  { start, end }: { start: number; end: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(end - start);
  const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, start);
  if (bytesRead < bytes.byteLength) throw new Error(`The file ends at byte ${start + bytesRead}.`);
  return bytes;
}
