/**
 * Tells from the outermost frame of a file how many bytes are missing at its end: MP4 (ISO/IEC 14496-12 §4.2), Matroska
 * (RFC 8794 §6) and RIFF (AVI, WAV) write down how long their parts are. Only headers are read.
 */
import { type FileHandle, open } from 'node:fs/promises';

/** 0 when nothing is missing, or the file does not say how long it is. */
export async function countMissingBytes(file: string, bytes: number): Promise<number> {
  const handle = await open(file);
  try {
    const head = await readAt(handle, 0);
    const next =
      head.toString('latin1', 0, 4) === 'RIFF' ? endOfRiff : isMatroska(head) ? endOfElement : endOfBox;
    return await missingBehind(handle, bytes, next);
  } finally {
    await handle.close();
  }
}

/** Position behind the part whose header lies at `position`; `undefined` when it reaches to the end or is no part. */
type EndOf = (header: Buffer, position: number) => number | undefined;

async function missingBehind(handle: FileHandle, bytes: number, endOf: EndOf): Promise<number> {
  let position = 0;
  while (position < bytes) {
    const end = endOf(await readAt(handle, position), position);
    if (end === undefined || end <= position) return 0;
    if (end > bytes) return end - bytes;
    position = end;
  }
  return 0;
}

const HEADER_BYTES = 16;

async function readAt(handle: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, position);
  return buffer.subarray(0, bytesRead);
}

/** A size of 1 means that the real one follows, 0 that the box ends with the file. */
function endOfBox(header: Buffer, position: number): number | undefined {
  if (header.byteLength < 8 || !/^[\w ©-]{4}$/.test(header.toString('latin1', 4, 8))) return undefined;
  const size = header.readUInt32BE(0);
  if (size !== 1) return size >= 8 ? position + size : undefined;
  return header.byteLength < HEADER_BYTES ? undefined : position + Number(header.readBigUInt64BE(8));
}

/** AVI files beyond 1 GB are several of these. Writers that never came to the end leave 0 or the largest number. */
function endOfRiff(header: Buffer, position: number): number | undefined {
  if (header.byteLength < 8 || header.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  const size = header.readUInt32LE(4);
  return size === 0 || size === 0xffffffff ? undefined : position + 8 + size + (size % 2);
}

const EBML_MAGIC = 0x1a45dfa3;

function isMatroska(head: Buffer): boolean {
  return head.byteLength >= 4 && head.readUInt32BE(0) === EBML_MAGIC;
}

/** Element ID and size are numbers whose own length is told by their leading zero bits; a size of all ones is unknown. */
function endOfElement(header: Buffer, position: number): number | undefined {
  const idLength = lengthOfNumber(header[0]);
  const sizeLength = lengthOfNumber(header[idLength]);
  if (idLength > 4 || sizeLength > 8 || header.byteLength < idLength + sizeLength) return undefined;
  const size = header.subarray(idLength, idLength + sizeLength);
  const marker = 2 ** (8 - sizeLength);
  const value = size.reduce((sum, byte, i) => sum * 256 + (i === 0 ? byte % marker : byte), 0);
  const isUnknown = value === 2 ** (7 * sizeLength) - 1;
  return isUnknown ? undefined : position + idLength + sizeLength + value;
}

/** 1 to 8; 9 for a byte that begins no number. */
function lengthOfNumber(first: number | undefined): number {
  return first ? Math.clz32(first) - 23 : 9;
}
