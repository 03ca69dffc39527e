/** Editing boxes: what is not named stays, what is named changes, and all sizes around it are right afterwards. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boxesIn, findPath } from './box.ts';
import { editBoxes } from './edit-boxes.ts';
import { latin1, writeBox } from './write-box.ts';

const leaf = fc.tuple(fc.constantFrom('tkhd', 'mdhd', 'free'), fc.uint8Array({ maxLength: 20 }));
const tree = fc.array(leaf, { maxLength: 4 }).map((leaves) => {
  const trak = writeBox('trak', ...leaves.map(([type, content]) => writeBox(type, content)));
  return { leaves, bytes: writeBox('moov', writeBox('mvhd', latin1('head')), trak, writeBox('udta')) };
});

test('an edit that changes nothing gives the same bytes', () => {
  fc.assert(
    fc.property(tree, ({ bytes }) => {
      expect(editBoxes(bytes, { 'moov/trak/tkhd': (content) => content })).toEqual(bytes);
    }),
  );
});

test('a changed box has its new content, and every other box its old one', () => {
  fc.assert(
    fc.property(tree, fc.uint8Array({ maxLength: 30 }), ({ bytes, leaves }, content) => {
      const edited = editBoxes(bytes, { 'moov/trak/tkhd': () => content });
      const trak = findPath(edited, ['moov', 'trak']);
      const found = [...boxesIn(edited, trak?.contentStart, trak?.end)].map((box) => [
        box.type,
        edited.slice(box.contentStart, box.end),
      ]);
      expect(found).toEqual(leaves.map(([type, old]) => [type, type === 'tkhd' ? content : old]));
    }),
  );
});

test('a removed box is gone, and the sizes of all around it say so', () => {
  const bytes = writeBox('moov', writeBox('udta', latin1('stamp')), writeBox('mvhd', latin1('head')));
  expect(editBoxes(bytes, { 'moov/udta': () => undefined })).toEqual(
    writeBox('moov', writeBox('mvhd', latin1('head'))),
  );
});

test('fields before the children of a sample entry are kept', () => {
  const entry = writeBox(
    'mp4a',
    new Uint8Array(28).fill(7),
    writeBox('esds', latin1('old')),
    writeBox('btrt'),
  );
  const bytes = writeBox('stsd', new Uint8Array(8).fill(1), entry);
  const edited = editBoxes(bytes, {
    'stsd/mp4a/btrt': () => undefined,
    'stsd/mp4a/esds': () => latin1('new'),
  });
  const expected = writeBox('mp4a', new Uint8Array(28).fill(7), writeBox('esds', latin1('new')));
  expect(edited).toEqual(writeBox('stsd', new Uint8Array(8).fill(1), expected));
});

test('a box that claims a size smaller than its header is refused', () => {
  const bytes = writeBox('moov', new Uint8Array([0, 0, 0, 4, 1, 2, 3, 4]));
  expect(() => editBoxes(bytes, { 'moov/trak': () => undefined })).toThrow(/size of 4 bytes/);
});
