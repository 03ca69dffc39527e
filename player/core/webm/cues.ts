/**
 * The index of a WebM file (RFC 9559 §5.1): where clusters start, in time and in bytes.
 *
 *   Segment 0x18538067
 *     Info 0x1549A966   TimestampScale 0x2AD7B1 (nanoseconds per tick, 1 000 000 when absent), Duration 0x4489 (float, ticks)
 *     Cues 0x1C53BB6B   CuePoint 0xBB: CueTime 0xB3 (ticks), CueTrackPositions 0xB7: CueClusterPosition 0xF1 (bytes from
 *                       the first byte of the Segment's data)
 */
import { StreamingError } from '../errors.ts';
import { type EbmlElement, elementsIn, findElement, unsignedAt } from './ebml.ts';

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const CUES = 0x1c53bb6b;
const CUE_POINT = 0xbb;
const CUE_TIME = 0xb3;
const CUE_TRACK_POSITIONS = 0xb7;
const CUE_CLUSTER_POSITION = 0xf1;

/** What the first bytes of a file say about all of it. */
export interface WebmHead {
  /** Position of the first byte of the Segment's data. */
  readonly dataStart: number;
  /** Position behind the Segment; Infinity when it does not say. */
  readonly end: number;
  /** Ticks per second. */
  readonly timescale: number;
  /** Seconds. */
  readonly duration?: number;
}

export interface Cue {
  /** Seconds on the media's own time line. */
  readonly time: number;
  /** Position of the cluster's first byte in the file. */
  readonly position: number;
}

/** @throws StreamingError `index-invalid` when `bytes`, from the file's first on, do not reach to its Info. */
export function readWebmHead(bytes: Uint8Array): WebmHead {
  const segment = findElement(bytes, SEGMENT);
  const info = segment && findElement(bytes, INFO, segment.contentStart, segment.end);
  if (!segment || !info || info.end > bytes.byteLength) {
    throw new StreamingError('index-invalid', 'The first bytes of the WebM file hold no complete Info.');
  }
  const scale = findElement(bytes, TIMESTAMP_SCALE, info.contentStart, info.end);
  const duration = findElement(bytes, DURATION, info.contentStart, info.end);
  const timescale = 1e9 / (scale ? unsignedOf(bytes, scale) : 1_000_000);
  return {
    dataStart: segment.contentStart,
    end: segment.end,
    timescale,
    ...(duration && { duration: floatOf(bytes, duration) / timescale }),
  };
}

/**
 * In order of position; several cues into one cluster count once. `bytes` begin with the Cues element.
 * @throws StreamingError `index-invalid` when they do not, or it is cut off, or holds no cue.
 */
export function readCues(bytes: Uint8Array, head: WebmHead): Cue[] {
  const cues = findElement(bytes, CUES);
  const found: Cue[] = [];
  for (const point of cues ? elementsIn(bytes, cues.contentStart, cues.end) : []) {
    const cue = point.id === CUE_POINT ? cueOf(bytes, point, head) : undefined;
    if (cue && cue.position > (found.at(-1)?.position ?? -1)) found.push(cue);
  }
  if (cues && cues.end <= bytes.byteLength && found.length > 0) return found;
  throw new StreamingError('index-invalid', 'There are no complete WebM Cues where the index is announced.');
}

function cueOf(bytes: Uint8Array, point: EbmlElement, head: WebmHead): Cue | undefined {
  const time = findElement(bytes, CUE_TIME, point.contentStart, point.end);
  const track = findElement(bytes, CUE_TRACK_POSITIONS, point.contentStart, point.end);
  const cluster = track && findElement(bytes, CUE_CLUSTER_POSITION, track.contentStart, track.end);
  if (!time || !cluster) return undefined;
  return {
    time: unsignedOf(bytes, time) / head.timescale,
    position: head.dataStart + unsignedOf(bytes, cluster),
  };
}

function unsignedOf(bytes: Uint8Array, { contentStart, end }: EbmlElement): number {
  return unsignedAt(bytes, contentStart, end - contentStart);
}

/** Four or eight bytes. */
function floatOf(bytes: Uint8Array, { contentStart, end }: EbmlElement): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + contentStart, end - contentStart);
  return view.byteLength === 4 ? view.getFloat32(0) : view.getFloat64(0);
}
