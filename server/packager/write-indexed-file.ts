/**
 * Writes the file that is published: mended initialization, our own segment index right before the first fragment, then
 * the fragments as they are and nothing between or behind them.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSegmentIndex, type SegmentIndex } from '../../player/core/mp4/sidx.ts';
import type { FragmentedFile } from './fragmented-file.ts';
import type { IndexedFile, MadeSegment } from './made-representation.ts';
import { mendInitialization } from './mend-initialization.ts';
import { bytesOf, durationTicksOf, type Segment } from './segments.ts';

export interface WrittenMedia {
  readonly stored: IndexedFile;
  readonly segments: readonly MadeSegment[];
}

/**
 * `segments` are all fragments of `source`, in order; `target.file` is the name inside `target.directory`.
 * @throws the file system's error; the signal's reason when aborted.
 */
export async function writeIndexedFile(
  source: FragmentedFile,
  segments: readonly Segment[],
  target: { directory: string; file: string; signal: AbortSignal },
): Promise<WrittenMedia> {
  const initialization = mendInitialization(source.initialization, source.track);
  const index = encodeSegmentIndex(indexOf(source, segments));
  const hash = createHash('sha256');
  const from = await open(source.file);
  try {
    const to = await open(join(target.directory, target.file), 'wx');
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
      const made: MadeSegment[] = [];
      for (const segment of segments) {
        const digest = createHash('sha256');
        for (const fragment of segment) {
          for await (const piece of piecesOf(from, fragment.position, fragment.bytes)) {
            digest.update(piece);
            await append(piece);
          }
        }
        made.push(describeSegment(segment, digest.digest('hex')));
      }
      const sizes = { initializationBytes: initialization.byteLength, indexBytes: index.byteLength };
      const stored = {
        layout: 'indexed',
        file: target.file,
        bytes,
        sha256: hash.digest('hex'),
        ...sizes,
      } as const;
      return { stored, segments: made };
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

function describeSegment(segment: Segment, sha256: string): MadeSegment {
  return {
    startTicks: segment[0].startTicks,
    durationTicks: durationTicksOf(segment),
    endTicks: Math.max(...segment.map((fragment) => fragment.endTicks)),
    bytes: bytesOf(segment),
    sha256,
  };
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
