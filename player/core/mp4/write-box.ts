/** Puts boxes of ISO/IEC 14496-12 §4.2 together: the counterpart of `box.ts`. */

/** The pieces behind one another. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.byteLength, 0));
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.byteLength;
  }
  return joined;
}

/** A box with a 32-bit size; `type` is four Latin-1 characters. */
export function writeBox(type: string, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const box = joinBytes([new Uint8Array(8), ...contents]);
  new DataView(box.buffer).setUint32(0, box.byteLength);
  box.set(latin1(type), 4);
  return box;
}

/** The characters' code points as bytes; characters beyond Latin-1 are cut to their low byte. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Big-endian 32-bit numbers behind one another. */
export function uint32(...numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => {
    view.setUint32(i * 4, number);
  });
  return bytes;
}
