/** Reads the frames of a few segments of a finished representation: how many bytes each takes, and what kind it is. */
import { lengthSizeIn, readAvcPicture } from '../../../player/core/mp4/avc-picture.ts';
import { boxesIn, findPath } from '../../../player/core/mp4/box.ts';
import { isSync, readSamples, type Sample } from '../../../player/core/mp4/fragment.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { mediaBytes, readInitialization } from '../media/media-bytes.ts';

/** I, P and B where the codec is read that far; else whether a frame needs others. */
export type FrameKind = 'I' | 'P' | 'B' | 'key' | 'inter';

export interface SampledFrame {
  readonly kind: FrameKind;
  readonly bytes: number;
}

export interface FrameSample {
  /** Id of the representation. */
  readonly id: string;
  /** Seconds, on the presentation's time line. */
  readonly start: number;
  readonly duration: number;
  /** In the order in which they are shown. */
  readonly frames: readonly SampledFrame[];
}

/** Seconds: enough to see a rhythm, few enough to see each frame. */
const LONG_ENOUGH = 5;

/** Position of the segment with which a sample begins: in the middle, where titles and credits are far. */
export function firstSampled({ segments }: MadeRepresentation): number {
  return Math.floor((segments.length - 1) / 2);
}

/** From the middle of the film on, whole segments. @throws StreamingError for boxes that cannot be read. */
export async function sampleFrames(made: MadeRepresentation, directory: string): Promise<FrameSample> {
  const { segments, track } = made;
  const first = firstSampled(made);
  const positions: number[] = [];
  let seconds = 0;
  for (let i = first; i < segments.length && seconds < LONG_ENOUGH; i++) {
    positions.push(i);
    seconds += (segments[i]?.durationTicks ?? 0) / track.timescale;
  }
  const head = await readInitialization(made, directory);
  const pieces: Uint8Array[] = [];
  for await (const piece of mediaBytes(made, directory, positions)) pieces.push(piece);
  const media = Buffer.concat(pieces).subarray(head.byteLength);
  const start = ((segments[first]?.startTicks ?? 0) - track.skipTicks) / track.timescale;
  return { id: made.id, start, duration: seconds, frames: framesIn(media, made, lengthSizeOf(head)) };
}

function lengthSizeOf(initialization: Uint8Array): number | undefined {
  const stsd = findPath(initialization, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']);
  const [entry] = stsd ? boxesIn(initialization, stsd.contentStart + 8, stsd.end) : [];
  return entry && lengthSizeIn(initialization, entry);
}

function framesIn(
  media: Uint8Array,
  { track }: MadeRepresentation,
  lengthSize: number | undefined,
): SampledFrame[] {
  const shown: (SampledFrame & { readonly ticks: number })[] = [];
  for (const moof of [...boxesIn(media)].filter(({ type }) => type === 'moof')) {
    const { samples, startTicks, dataOffset = 0 } = readSamples(media.subarray(moof.start, moof.end), track);
    let position = moof.start + dataOffset;
    let ticks = startTicks;
    for (const sample of samples) {
      const kind = kindOf(sample, media.subarray(position, position + sample.bytes), lengthSize);
      shown.push({ kind, bytes: sample.bytes, ticks: ticks + sample.compositionTicks });
      position += sample.bytes;
      ticks += sample.durationTicks;
    }
  }
  return shown.sort((a, b) => a.ticks - b.ticks).map(({ kind, bytes }) => ({ kind, bytes }));
}

function kindOf(sample: Sample, bytes: Uint8Array, lengthSize: number | undefined): FrameKind {
  const picture = lengthSize === undefined ? undefined : readAvcPicture(bytes, lengthSize);
  return picture?.type ?? (isSync(sample) ? 'key' : 'inter');
}
