/** Reads width and height of a JPEG or PNG file out of its headers. */
import { type FolderReader, UnreadableError } from './folder-reader.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8];

/** `size` is the file's. @throws UnreadableError for anything else. */
export async function readPictureSize(
  file: string,
  size: number,
  reader: FolderReader,
): Promise<PictureSize> {
  const head = await reader.read(file, 0, Math.min(24, size));
  if (startsWith(head, PNG) && head.byteLength === 24) {
    const view = new DataView(head.buffer, head.byteOffset, 24);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (startsWith(head, JPEG)) return readJpeg(file, reader);
  throw new UnreadableError(`"${file}" is neither JPEG nor PNG.`, 0);
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Frame headers SOF0 … SOF15 without DHT, JPG and DAC among them (ITU-T T.81 table B.1). */
const NO_FRAME = [0xc4, 0xc8, 0xcc];

/** Segments of marker (2 bytes), length (2, itself included); a frame header goes on with precision, height, width. */
async function readJpeg(file: string, reader: FolderReader): Promise<PictureSize> {
  let position = 2;
  for (;;) {
    const bytes = await reader.read(file, position, 9);
    const view = new DataView(bytes.buffer, bytes.byteOffset, 9);
    const marker = view.getUint8(1);
    if (view.getUint8(0) !== 0xff) throw new UnreadableError(`"${file}" has no frame header.`, position);
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.includes(marker))
      return { width: view.getUint16(7), height: view.getUint16(5) };
    position += 2 + Math.max(2, view.getUint16(2));
  }
}
