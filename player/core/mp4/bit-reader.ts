/** Reads fields that are not whole bytes. */

/** The function that reads the next `count` bits as a number, the most significant first; zeros behind the end. */
export function createBitReader(bytes: Uint8Array): (count: number) => number {
  let position = 0;
  return (count) => {
    let value = 0;
    for (let i = 0; i < count; i++, position++) {
      value = value * 2 + (((bytes[position >>> 3] ?? 0) >>> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
