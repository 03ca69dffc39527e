/** Tells whether an input is the same as one that was packaged before, without reading all of it. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const MEBIBYTE = 1024 * 1024;

/** SHA-256 in hexadecimal over the size (decimal digits), the first and the last MiB. */
export async function fingerprintFile(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const hash = createHash('sha256').update(`${size}`);
    for (const position of [0, Math.max(0, size - MEBIBYTE)]) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MEBIBYTE), 0, MEBIBYTE, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}
