/** Writes small WebM files for tests: only what an index is read from. */

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Big-endian in `length` bytes, or in as few as hold it. */
export function unsigned(value: number, length = 1): Uint8Array {
  if (value >= 256 ** length) return unsigned(value, length + 1);
  return Uint8Array.from({ length }, (_, i) => Math.floor(value / 256 ** (length - 1 - i)) % 256);
}

/** `sizeLength`: bytes that the size takes; muxers write 8 where they come back to fill it in. */
export function element(id: number, data: Uint8Array, sizeLength = 8): Uint8Array {
  const size = unsigned(data.byteLength, sizeLength);
  size[0] = (size[0] ?? 0) | (0x80 >> (sizeLength - 1));
  return joined(unsigned(id), size, data);
}

export function float(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

export interface TestCue {
  readonly ticks: number;
  /** Bytes of its cluster, the header's 12 included; 0: it points into the next cue's cluster. */
  readonly size: number;
}

export interface TestFile {
  readonly bytes: Uint8Array;
  /** First and last byte of the Cues. */
  readonly cues: { readonly first: number; readonly last: number };
  /** Position of each cluster. */
  readonly clusters: readonly number[];
}

/** A file of clusters with its Cues before or behind them; ticks are milliseconds. */
export function webmFile(cues: readonly TestCue[], at: 'front' | 'end', durationTicks?: number): TestFile {
  const info = element(
    0x1549a966,
    joined(
      element(0x2ad7b1, unsigned(1_000_000)),
      ...(durationTicks === undefined ? [] : [element(0x4489, float(durationTicks))]),
    ),
  );
  const starts = cues.map((_, i) => cues.slice(0, i).reduce((sum, { size }) => sum + size, 0));
  const indexAt = (offset: number) =>
    element(
      0x1c53bb6b,
      joined(
        ...cues.map(({ ticks }, i) =>
          element(
            0xbb,
            joined(
              element(0xb3, unsigned(ticks, 4)),
              element(
                0xb7,
                joined(element(0xf7, unsigned(1)), element(0xf1, unsigned(offset + (starts[i] ?? 0), 4))),
              ),
            ),
          ),
        ),
      ),
    );
  const indexSize = indexAt(0).byteLength;
  const offset = info.byteLength + (at === 'front' ? indexSize : 0);
  const clusters = joined(
    ...cues.flatMap(({ size }) => (size > 0 ? element(0x1f43b675, new Uint8Array(size - 12)) : [])),
  );
  const index = indexAt(offset);
  const head = joined(element(0x1a45dfa3, new Uint8Array(5)));
  const segment = element(
    0x18538067,
    at === 'front' ? joined(info, index, clusters) : joined(info, clusters, index),
  );
  const dataStart = head.byteLength + 12;
  const first = dataStart + info.byteLength + (at === 'front' ? 0 : clusters.byteLength);
  return {
    bytes: joined(head, segment),
    cues: { first, last: first + indexSize - 1 },
    clusters: starts.map((start) => dataStart + offset + start),
  };
}
