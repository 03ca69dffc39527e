/** The segment index survives being written and read; a damaged one is refused with a reason. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSegmentIndex, encodeSegmentIndex, type SegmentIndex } from './sidx.ts';
import { joinBytes, latin1, writeBox } from './write-box.ts';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const time = fc.oneof(uint32, fc.maxSafeNat());

const anyIndex: fc.Arbitrary<SegmentIndex> = fc.record({
  referenceId: uint32,
  timescale: fc.integer({ min: 1, max: 0xffff_ffff }),
  earliestPresentationTimeTicks: time,
  firstOffset: time,
  references: fc.array(
    fc.record({
      type: fc.constantFrom('media' as const, 'index' as const),
      size: fc.integer({ min: 0, max: 0x7fff_ffff }),
      durationTicks: uint32,
      startsWithSap: fc.boolean(),
      sapType: fc.integer({ min: 0, max: 7 }),
      sapDeltaTimeTicks: fc.integer({ min: 0, max: 0x0fff_ffff }),
    }),
    { maxLength: 20 },
  ),
});

test('decode(encode(index)) = index, wherever it stands in the file', () => {
  fc.assert(
    fc.property(anyIndex, fc.uint8Array({ maxLength: 20 }), (index, before) => {
      const head = writeBox('free', before);
      const bytes = joinBytes([head, encodeSegmentIndex(index), writeBox('moof')]);
      expect(decodeSegmentIndex(bytes)).toEqual({ index, end: bytes.byteLength - 8 });
    }),
  );
});

const small = encodeSegmentIndex({
  referenceId: 1,
  timescale: 90_000,
  earliestPresentationTimeTicks: 0,
  firstOffset: 0,
  references: [
    { type: 'media', size: 1, durationTicks: 1, startsWithSap: true, sapType: 1, sapDeltaTimeTicks: 0 },
  ],
});

test('an index cut off anywhere is refused', () => {
  for (let length = 0; length < small.byteLength; length++) {
    expect(() => decodeSegmentIndex(small.slice(0, length)), `${length} bytes`).toThrow(/segment index/);
  }
});

test('an unknown version, a timescale of 0 and a count without room are refused', () => {
  const changed = (position: number, value: number): Uint8Array => {
    const copy = small.slice();
    new DataView(copy.buffer).setUint8(position, value);
    return copy;
  };
  expect(() => decodeSegmentIndex(changed(8, 2))).toThrow('version 2');
  expect(() => decodeSegmentIndex(changed(31, 9))).toThrow('announces 9 references');
  const still = small.slice();
  new DataView(still.buffer).setUint32(16, 0);
  expect(() => decodeSegmentIndex(still)).toThrow('timescale of 0');
  expect(() => decodeSegmentIndex(latin1('no boxes'))).toThrow('no segment index');
});
