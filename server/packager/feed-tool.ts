/** Writes what a source gives into the standard input of a running tool, for as long as the tool wants it. */
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Resolves when the tool has everything, or has closed its end before: that is no failure of the source.
 * The source is closed in any case.
 * @throws whatever the source throws.
 */
export async function feedTool(tool: Writable, source: AsyncIterable<Uint8Array>): Promise<void> {
  let failure: { readonly error: unknown } | undefined;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* source;
    } catch (error) {
      failure = { error };
    }
  }
  await pipeline(watched(), tool).catch(() => undefined);
  if (failure) throw failure.error;
}
