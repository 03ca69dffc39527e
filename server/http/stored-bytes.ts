/** Where the bytes of an answer come from, and how they are lent to the connection that sends them. */

export interface StoredBytes {
  /**
   * At least one byte from `position` on, at most those to `last`: at once when they are at hand. One take at a time; what
   * comes must be released also when nobody wants it any more.
   */
  take(position: number, last: number): TakenBytes | Promise<TakenBytes>;
  /** What has been taken stays until it is released. */
  close(): void;
}

/** Bytes to be sent. They stay as they are until `release`, to be called once, as soon as the kernel has them. */
export interface TakenBytes {
  readonly chunks: readonly Uint8Array[];
  /** Of all chunks together. */
  readonly length: number;
  release(): void;
}

export function memoryBytes(bytes: Uint8Array): StoredBytes {
  return {
    take: (position, last) => lend(bytes.subarray(position, last + 1)),
    close: () => undefined,
  };
}

/** Bytes that nobody will use again. */
export function lend(bytes: Uint8Array): TakenBytes {
  return { chunks: [bytes], length: bytes.length, release: () => undefined };
}
