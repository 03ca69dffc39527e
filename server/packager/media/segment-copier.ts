/** Copies segments out of the encoder's files and describes them: every byte is read once, and digested on its way. */
import { createHash } from 'node:crypto';
import type { MadeSegment } from '../made-representation.ts';
import type { RawFragment } from './raw-media.ts';
import { createFragmentReader } from './read-fragment-bytes.ts';
import { durationTicksOf, type Segment } from './segments.ts';

export interface SegmentCopier {
  /**
   * Gives the bytes of the next segment to `write`, piece by piece; `head` goes before them and belongs to the segment.
   * Fragments are numbered on from segment to segment.
   * @throws the signal's reason when aborted.
   */
  copy(segment: Segment<RawFragment>, write: Write, head?: Uint8Array): Promise<MadeSegment>;
  close(): Promise<void>;
}

/** The piece is valid until the promise is fulfilled. */
export type Write = (piece: Uint8Array) => Promise<void>;

export function createSegmentCopier(signal: AbortSignal): SegmentCopier {
  const reader = createFragmentReader();
  let number = 0;
  return {
    copy: async (segment, write, head) => {
      const hash = createHash('sha256');
      let bytes = 0;
      const pass = async (piece: Uint8Array): Promise<void> => {
        signal.throwIfAborted();
        hash.update(piece);
        bytes += piece.byteLength;
        await write(piece);
      };
      if (head) await pass(head);
      for (const fragment of segment) {
        number++;
        for await (const piece of reader.read(fragment, number)) await pass(piece);
      }
      return {
        startTicks: segment[0].startTicks,
        durationTicks: durationTicksOf(segment),
        endTicks: Math.max(...segment.map((fragment) => fragment.endTicks)),
        bytes,
        sha256: hash.digest('hex'),
      };
    },
    close: () => reader.close(),
  };
}
