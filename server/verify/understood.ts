/** Reads JSON that anybody may have written: what is wrong with it is a finding. */
import { UnreadableError } from './folder-reader.ts';

/** What `read` makes of it. @throws UnreadableError for whatever `read` throws. */
export function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'It is no JSON.' : String((error as Error).message);
    throw new UnreadableError(reason, undefined, error);
  }
}

export function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
