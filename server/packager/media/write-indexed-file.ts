/**
 * Writes the file that is published: mended initialization, our own segment index right before the first fragment, then
 * the fragments and nothing between or behind them.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSegmentIndex, type SegmentIndex } from '../../../player/core/mp4/sidx.ts';
import type { IndexedFile, MadeSegment } from '../made-representation.ts';
import type { RawFragment, RawMedia } from './raw-media.ts';
import { createSegmentCopier } from './segment-copier.ts';
import { bytesOf, durationTicksOf, type Segment } from './segments.ts';

export interface WriteTarget {
  /** Folder of the version. */
  readonly directory: string;
  /** Of the representation: names the file or the folder. */
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * `segments` are all fragments of `raw`, in order.
 * @throws the file system's error; the signal's reason when aborted.
 */
export async function writeIndexedFile(
  raw: RawMedia,
  segments: readonly Segment<RawFragment>[],
  { directory, id, signal }: WriteTarget,
): Promise<{ stored: IndexedFile; segments: readonly MadeSegment[] }> {
  const index = encodeSegmentIndex(indexOf(raw, segments));
  const file = `${id}.mp4`;
  const hash = createHash('sha256');
  const copier = createSegmentCopier(signal);
  const to = await open(join(directory, file), 'wx');
  try {
    let bytes = 0;
    const append = async (piece: Uint8Array): Promise<void> => {
      hash.update(piece);
      bytes += piece.byteLength;
      await to.writeFile(piece);
    };
    await append(raw.initialization);
    await append(index);
    const made: MadeSegment[] = [];
    for (const segment of segments) made.push(await copier.copy(segment, append));
    const sizes = { initializationBytes: raw.initialization.byteLength, indexBytes: index.byteLength };
    const stored = { layout: 'indexed', file, bytes, sha256: hash.digest('hex'), ...sizes } as const;
    return { stored, segments: made };
  } finally {
    await to.close();
    await copier.close();
  }
}

/** SAP type 1: an IDR picture, or any audio sample; everything behind it can be decoded and is shown after it. */
const SAP_TYPE = 1;

function indexOf({ track }: RawMedia, segments: readonly Segment[]): SegmentIndex {
  return {
    referenceId: track.id,
    timescale: track.timescale,
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
