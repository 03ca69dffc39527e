/** Reads the bytes of fragments, with the times and numbers that they have in the whole film. */
import { type FileHandle, open } from 'node:fs/promises';
import { viewOf } from '../../../player/core/mp4/box.ts';
import { neededBox } from '../../../player/core/mp4/box-content.ts';
import type { RawFragment } from './raw-media.ts';

export interface FragmentReader {
  /** `number` is the sequence number, from 1. The pieces are valid until the next one is asked for. */
  read(fragment: RawFragment, number: number): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

/** Quick when fragments of one file are read one after another: that file stays open. */
export function createFragmentReader(): FragmentReader {
  let current: { file: string; handle: FileHandle } | undefined;
  const handleOf = async (file: string): Promise<FileHandle> => {
    if (current?.file !== file) {
      await current?.handle.close();
      current = undefined;
      current = { file, handle: await open(file) };
    }
    return current.handle;
  };
  return {
    read: async function* (fragment, number) {
      const handle = await handleOf(fragment.file);
      const end = fragment.position + fragment.bytes;
      const mediaStart = fragment.position + fragment.moofBytes;
      for await (const moof of piecesOf(handle, fragment.position, mediaStart, fragment.moofBytes)) {
        placeInFilm(moof, fragment, number);
        yield moof;
      }
      yield* piecesOf(handle, mediaStart, end, PIECE_BYTES);
    },
    close: async () => {
      await current?.handle.close();
    },
  };
}

/**
 * MovieFragmentHeaderBox, ISO/IEC 14496-12 §8.8.5: version and flags, then unsigned int(32) sequence_number.
 * TrackFragmentBaseMediaDecodeTimeBox, §8.8.12: version and flags, then baseMediaDecodeTime, 64 bits in version 1.
 */
function placeInFilm(
  moof: Uint8Array,
  { startTicks }: Pick<RawFragment, 'startTicks'>,
  number: number,
): void {
  const view = viewOf(moof);
  view.setUint32(neededBox(moof, ['moof', 'mfhd']).contentStart + 4, number);
  const { contentStart } = neededBox(moof, ['moof', 'traf', 'tfdt']);
  if (view.getUint8(contentStart) === 1) view.setBigUint64(contentStart + 4, BigInt(startTicks));
  else view.setUint32(contentStart + 4, checkedShort(startTicks));
}

function checkedShort(ticks: number): number {
  if (ticks <= 0xffff_ffff) return ticks;
  throw new Error(`A fragment has 32 bits for its time, but it begins at tick ${ticks}.`);
}

const PIECE_BYTES = 1024 * 1024;

async function* piecesOf(
  handle: FileHandle,
  start: number,
  end: number,
  most: number,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(most, end - start));
  let position = start;
  while (position < end) {
    const wanted = Math.min(buffer.byteLength, end - position);
    const { bytesRead } = await handle.read(buffer, 0, wanted, position);
    if (bytesRead === 0) throw new Error(`The encoded file ends at byte ${position}, inside a fragment.`);
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}
