/** Reads a stretch of a file, all of it or an error. */
import type { FileHandle } from 'node:fs/promises';

/**
 * Fills the buffers in order with the bytes from `position` on.
 * @throws Error when the file ends before; `name` is what it is called then.
 */
export async function readFully(
  handle: FileHandle,
  { buffers, position, name }: { buffers: readonly Uint8Array[]; position: number; name: string },
): Promise<void> {
  let missing = buffers.filter(({ length }) => length > 0);
  for (let from = position; missing.length > 0; ) {
    const { bytesRead } = await handle.readv(missing, from);
    if (bytesRead === 0) throw new Error(`${name} ends at byte ${from}, where more was promised.`);
    from += bytesRead;
    missing = withoutFirst(missing, bytesRead);
  }
}

function withoutFirst(buffers: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skipped = bytes;
  return buffers.flatMap((buffer) => {
    const cut = Math.min(skipped, buffer.length);
    skipped -= cut;
    return cut < buffer.length ? [buffer.subarray(cut)] : [];
  });
}
