/** Finds out in which characters a text file is written. */

export interface DecodedText {
  readonly text: string;
  /** Of a guess, which people should hear about, the name; absent where the bytes leave no doubt. */
  readonly guessed?: string;
}

/**
 * A byte order mark, else the zeros of UTF-16, else valid UTF-8 tell; everything else is taken for Windows-1252, which
 * holds all of Latin-1. `undefined` for bytes that are no text at all.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const encoding = unicodeOf(bytes);
  const unicode = encoding ? new TextDecoder(encoding).decode(bytes) : decodeUtf8(bytes);
  const text = unicode ?? decodeWindows1252(bytes);
  if (text.includes('\0')) return undefined;
  return unicode === undefined ? { text, guessed: 'Windows-1252' } : { text };
}

function unicodeOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return unmarkedUtf16(bytes);
}

const LOOKED_AT_BYTES = 512;
const MANY = 0.3;

/** Digits and line ends of any language leave a zero in every second byte. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const head = bytes.subarray(0, LOOKED_AT_BYTES);
  const zerosAt = (parity: number): number =>
    head.reduce((sum, byte, i) => sum + (byte === 0 && i % 2 === parity ? 1 : 0), 0);
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const enough = (head.byteLength / 2) * MANY;
  if (odd > enough && even === 0) return 'utf-16le';
  return even > enough && odd === 0 ? 'utf-16be' : undefined;
}

/** `undefined` for bytes that are not valid UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes 0x80 … 0x9F; all others are those of Latin-1. Some versions of Node decode these as Latin-1 too. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character);
}
