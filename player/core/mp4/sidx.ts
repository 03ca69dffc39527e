/**
 * The segment index box, ISO/IEC 14496-12 §8.16.3.
 *
 *   aligned(8) class SegmentIndexBox extends FullBox('sidx', version, 0) {
 *     unsigned int(32) reference_ID;
 *     unsigned int(32) timescale;
 *     if (version==0) { unsigned int(32) earliest_presentation_time; unsigned int(32) first_offset; }
 *     else            { unsigned int(64) earliest_presentation_time; unsigned int(64) first_offset; }
 *     unsigned int(16) reserved = 0;
 *     unsigned int(16) reference_count;
 *     for (i=1; i <= reference_count; i++) {
 *       bit(1) reference_type;          // 1: another sidx, 0: media
 *       unsigned int(31) referenced_size;
 *       unsigned int(32) subsegment_duration;
 *       bit(1) starts_with_SAP;
 *       unsigned int(3) SAP_type;
 *       unsigned int(28) SAP_delta_time;
 *     }
 *   }
 */
import { StreamingError } from '../errors.ts';
import { findBox, viewOf } from './box.ts';

export interface SegmentIndex {
  readonly referenceId: number;
  /** Ticks per second of all times in the index. */
  readonly timescale: number;
  readonly earliestPresentationTimeTicks: number;
  /** Bytes between the end of the index and the first referenced byte. */
  readonly firstOffset: number;
  readonly references: readonly SegmentReference[];
}

export interface SegmentReference {
  readonly type: 'media' | 'index';
  readonly size: number;
  readonly durationTicks: number;
  readonly startsWithSap: boolean;
  /** 0 … 7; 0 means unknown. */
  readonly sapType: number;
  readonly sapDeltaTimeTicks: number;
}

/** A decoded index and the position behind its box in the bytes given: offsets count from there. */
export interface LocatedIndex {
  readonly index: SegmentIndex;
  readonly end: number;
}

const TOP_BIT = 0x8000_0000;
const LOW_31_BITS = 0x7fff_ffff;
const LOW_28_BITS = 0x0fff_ffff;
const REFERENCE_SIZE = 12;

/** Bytes that the box before its references takes, by version. */
const FIXED_SIZE = { 0: 32, 1: 40 } as const;

/**
 * Reads the first `sidx` in `bytes`; other boxes before it (initialization, `styp`, `free`) are passed over.
 * @throws StreamingError `index-invalid` when there is none, it is cut off, or its timescale is 0.
 */
export function decodeSegmentIndex(bytes: Uint8Array, start = 0): LocatedIndex {
  const box = findBox(bytes, 'sidx', start);
  if (!box) throw invalid('There is no segment index (sidx) in the index range.');
  if (box.end > bytes.byteLength)
    throw invalid('The segment index (sidx) is cut off: the index range is too short.');
  const view = viewOf(bytes);
  const version = view.getUint8(box.contentStart);
  if (version > 1)
    throw invalid(`The segment index (sidx) has version ${version}; only 0 and 1 are defined.`);
  const fixed = FIXED_SIZE[version as 0 | 1];
  const wide = version === 1;
  if (box.end - box.start < fixed) throw invalid('The segment index (sidx) is too short for its own header.');
  const at = box.contentStart + 4;
  const read = (position: number): number =>
    wide ? Number(view.getBigUint64(position)) : view.getUint32(position);
  const timescale = view.getUint32(at + 4);
  if (timescale === 0) throw invalid('The segment index (sidx) has a timescale of 0.');
  const count = view.getUint16(box.start + fixed - 2);
  const firstReference = box.start + fixed;
  if (firstReference + count * REFERENCE_SIZE > box.end) {
    throw invalid(`The segment index (sidx) announces ${count} references but has no room for them.`);
  }
  return {
    end: box.end,
    index: {
      referenceId: view.getUint32(at),
      timescale,
      earliestPresentationTimeTicks: read(at + 8),
      firstOffset: read(at + (wide ? 16 : 12)),
      references: Array.from({ length: count }, (_, i) =>
        readReference(view, firstReference + i * REFERENCE_SIZE),
      ),
    },
  };
}

/** Writes the box; version 1 only when a time or offset needs 64 bits. At most 65 535 references. */
export function encodeSegmentIndex(index: SegmentIndex): Uint8Array<ArrayBuffer> {
  const wide = index.earliestPresentationTimeTicks > 0xffff_ffff || index.firstOffset > 0xffff_ffff;
  const fixed = FIXED_SIZE[wide ? 1 : 0];
  const bytes = new Uint8Array(fixed + index.references.length * REFERENCE_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, bytes.byteLength);
  view.setUint32(4, 0x73696478); // 'sidx'
  view.setUint8(8, wide ? 1 : 0);
  view.setUint32(12, index.referenceId);
  view.setUint32(16, index.timescale);
  if (wide) {
    view.setBigUint64(20, BigInt(index.earliestPresentationTimeTicks));
    view.setBigUint64(28, BigInt(index.firstOffset));
  } else {
    view.setUint32(20, index.earliestPresentationTimeTicks);
    view.setUint32(24, index.firstOffset);
  }
  view.setUint16(fixed - 2, index.references.length);
  index.references.forEach((reference, i) => {
    writeReference(view, fixed + i * REFERENCE_SIZE, reference);
  });
  return bytes;
}

function readReference(view: DataView, position: number): SegmentReference {
  const typeAndSize = view.getUint32(position);
  const sap = view.getUint32(position + 8);
  return {
    type: typeAndSize >= TOP_BIT ? 'index' : 'media',
    size: typeAndSize & LOW_31_BITS,
    durationTicks: view.getUint32(position + 4),
    startsWithSap: sap >= TOP_BIT,
    sapType: (sap >>> 28) & 0b111,
    sapDeltaTimeTicks: sap & LOW_28_BITS,
  };
}

function writeReference(view: DataView, position: number, reference: SegmentReference): void {
  view.setUint32(position, (reference.type === 'index' ? TOP_BIT : 0) + reference.size);
  view.setUint32(position + 4, reference.durationTicks);
  view.setUint32(
    position + 8,
    (reference.startsWithSap ? TOP_BIT : 0) + reference.sapType * 2 ** 28 + reference.sapDeltaTimeTicks,
  );
}

function invalid(message: string): StreamingError {
  return new StreamingError('index-invalid', message);
}
