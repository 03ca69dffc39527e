/** Slice headers bit by bit: every type by its number, several slices in one picture, and bytes that may not be believed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PictureType, readAvcPicture } from './avc-picture.ts';
import { joinBytes, uint32 } from './write-box.ts';

/** ue(v) of §9.1 as a string of bits. */
function expGolomb(value: number): string {
  const binary = (value + 1).toString(2);
  return '0'.repeat(binary.length - 1) + binary;
}

function sliceOf(nalType: number, firstMacroblock: number, type: number): Uint8Array<ArrayBuffer> {
  const bits = `${expGolomb(firstMacroblock)}${expGolomb(type)}1`.padEnd(64, '1');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const escaped = bytes.flatMap((byte, i) =>
    i >= 2 && byte <= 3 && bytes[i - 1] === 0 && bytes[i - 2] === 0 ? [3, byte] : [byte],
  );
  return new Uint8Array([0x60 | nalType, ...escaped]);
}

function sampleOf(...units: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes(units.flatMap((unit) => [uint32(unit.byteLength), unit]));
}

const TYPES: readonly PictureType[] = ['P', 'B', 'I', 'P', 'I'];

test('every slice type, whichever macroblock it begins with', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(65_535), fc.boolean(), (type, first, isIdr) => {
      const sample = sampleOf(new Uint8Array([9, 0xf0]), sliceOf(isIdr ? 5 : 1, first, type));
      expect(readAvcPicture(sample, 4)).toEqual({ type: TYPES[type % 5], isIdr });
    }),
  );
});

test('a picture is what the freest of its slices is', () => {
  expect(readAvcPicture(sampleOf(sliceOf(1, 0, 2), sliceOf(1, 40, 0)), 4)?.type).toBe('P');
  expect(readAvcPicture(sampleOf(sliceOf(1, 0, 0), sliceOf(1, 40, 1)), 4)?.type).toBe('B');
});

test('a sample without a slice is no picture, and no bytes are too odd to be read', () => {
  expect(readAvcPicture(sampleOf(new Uint8Array([9, 0xf0])), 4)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(1, 2, 4), (bytes, lengthSize) => {
      readAvcPicture(bytes, lengthSize);
    }),
  );
});
