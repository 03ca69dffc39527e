/** Files with a segment index, and a player's way of reading it, for the tests of this room. */
import { encodeSegmentIndex, type SegmentReference } from '../mp4/sidx.ts';
import type { PlacedBytes } from './index-reading.ts';
import { segmentsFromIndex } from './indexed-segments.ts';
import type { Period, Representation } from './presentation.ts';
import { readMpd } from './read-mpd.ts';

export interface Entry {
  readonly type?: 'media' | 'index';
  readonly size: number;
  /** Milliseconds. */
  readonly ticks: number;
}

function reference({ type = 'media', size, ticks }: Entry): SegmentReference {
  return { type, size, durationTicks: ticks, startsWithSap: true, sapType: 1, sapDeltaTimeTicks: 0 };
}

export function sidx(entries: readonly Entry[], startTicks = 0, firstOffset = 0): Uint8Array {
  return encodeSegmentIndex({
    referenceId: 1,
    timescale: 1000,
    earliestPresentationTimeTicks: startTicks,
    firstOffset,
    references: entries.map(reference),
  });
}

/** Header and zeros, `size` bytes in all. */
export function box(type: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, size);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  return bytes;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export interface DescribedFile {
  readonly representation: Representation;
  readonly period: Period;
}

/** The file `v` of one period from 0 to `seconds`, as an MPD with this SegmentBase gives it. */
export function describeFile(segmentBase: string, seconds = 60, mimeType = 'video/mp4'): DescribedFile {
  const mpd = `<MPD mediaPresentationDuration="PT${seconds}S"><Period><AdaptationSet mimeType="${mimeType}">
    <Representation id="v" bandwidth="1"><BaseURL>v</BaseURL>${segmentBase}</Representation>
    </AdaptationSet></Period></MPD>`;
  const [period] = readMpd(mpd, 'https://a.test/m.mpd').periods;
  const [representation] = period?.adaptationSets[0]?.representations ?? [];
  if (!period || !representation) throw new Error('The MPD of this test has no representation.');
  return { representation, period };
}

/** Fetches from `file` until the segments are known; remembers what was asked for. */
export function readFile(file: Uint8Array, { representation, period }: DescribedFile) {
  const fetched: PlacedBytes[] = [];
  const asked: string[] = [];
  for (let round = 0; round < 20; round++) {
    const reading = segmentsFromIndex(representation, period, fetched);
    if (reading.kind === 'read') {
      const { segments, initialization } = reading;
      const all = Array.from({ length: segments.count }, (_, position) => segments.at(position));
      return { segments: all, initialization, asked };
    }
    for (const { first, last } of reading.ranges) {
      asked.push(`${first}-${last}`);
      fetched.push({ first, bytes: file.slice(first, last + 1) });
    }
  }
  throw new Error(`It never ends: ${asked.join(' ')}`);
}
