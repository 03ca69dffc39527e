/** Bytes that wait in line: put in as they come, taken out in the sizes that are wanted, never copied. */

export interface ByteQueue {
  readonly bytes: number;
  push(chunk: Uint8Array): void;
  /** At most `count` bytes from the front, as they lie in the chunks; fewer when fewer wait. */
  take(count: number): Uint8Array[];
  clear(): void;
}

export function createByteQueue(): ByteQueue {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    push(chunk) {
      if (chunk.byteLength === 0) return;
      chunks.push(chunk);
      bytes += chunk.byteLength;
    },
    take(count) {
      const taken: Uint8Array[] = [];
      let wanted = Math.min(count, bytes);
      bytes -= wanted;
      while (wanted > 0) {
        const head = chunks.shift();
        if (!head) break;
        taken.push(head.subarray(0, wanted));
        if (head.byteLength > wanted) chunks.unshift(head.subarray(wanted));
        wanted -= Math.min(wanted, head.byteLength);
      }
      return taken;
    },
    clear() {
      chunks = [];
      bytes = 0;
    },
  };
}
