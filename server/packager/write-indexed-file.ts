/**
 * Writes the file that is published: mended initialization, our own segment index right before the first fragment, then
 * the fragments as they are and nothing between or behind them.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { encodeSegmentIndex, type SegmentIndex } from '../../player/core/mp4/sidx.ts';
import type { FragmentedFile } from './fragmented-file.ts';
import { mendInitialization } from './mend-initialization.ts';
import { bytesOf, durationTicksOf, type Segment } from './segments.ts';

export interface IndexedFile {
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Bytes of the initialization; the index follows it. */
  readonly initializationBytes: number;
  readonly indexBytes: number;
}

/**
 * `segments` are all fragments of `source`, in order.
 * @throws the file system's error; the signal's reason when aborted.
 */
export async function writeIndexedFile(
  source: FragmentedFile,
  segments: readonly Segment[],
  target: { file: string; signal: AbortSignal },
): Promise<IndexedFile> {
  const initialization = mendInitialization(source.initialization, source.track);
  const index = encodeSegmentIndex(indexOf(source, segments));
  const hash = createHash('sha256');
  const from = await open(source.file);
  try {
    const to = await open(target.file, 'wx');
    try {
      let bytes = 0;
      const append = async (piece: Uint8Array): Promise<void> => {
        target.signal.throwIfAborted();
        hash.update(piece);
        await to.writeFile(piece);
        bytes += piece.byteLength;
      };
      await append(initialization);
      await append(index);
      for (const fragment of segments.flat()) {
        for await (const piece of piecesOf(from, fragment.position, fragment.bytes)) await append(piece);
      }
      const sizes = { initializationBytes: initialization.byteLength, indexBytes: index.byteLength };
      return { file: target.file, bytes, sha256: hash.digest('hex'), ...sizes };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** SAP type 1: an IDR picture, or any audio sample; everything behind it can be decoded and is shown after it. */
const SAP_TYPE = 1;

function indexOf(source: FragmentedFile, segments: readonly Segment[]): SegmentIndex {
  return {
    referenceId: source.track.id,
    timescale: source.track.timescale,
    earliestPresentationTimeTicks: Math.min(...(segments[0] ?? []).map((fragment) => fragment.earliestTicks)),
    firstOffset: 0,
    references: segments.map((segment) => ({
      type: 'media',
      size: bytesOf(segment),
      durationTicks: durationTicksOf(segment),
      startsWithSap: true,
      sapType: SAP_TYPE,
      sapDeltaTimeTicks: 0,
    })),
  };
}

const PIECE_BYTES = 1024 * 1024;

async function* piecesOf(handle: FileHandle, position: number, bytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, bytes));
  let done = 0;
  while (done < bytes) {
    const wanted = Math.min(buffer.byteLength, bytes - done);
    const { bytesRead } = await handle.read(buffer, 0, wanted, position + done);
    if (bytesRead === 0)
      throw new Error(`The encoded file ends at byte ${position + done}, inside a fragment.`);
    yield buffer.subarray(0, bytesRead);
    done += bytesRead;
  }
}
