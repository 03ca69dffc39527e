/** A response, written with bytes on loan: they go back as soon as the kernel has them, or the client has gone. */
import type { ServerResponse } from 'node:http';
import type { TakenBytes } from './stored-bytes.ts';

export interface Outlet {
  /** The client has left: nothing that is written reaches it. */
  readonly isGone: boolean;
  /** Text that goes out before the next bytes, or before the end. */
  addText(text: string): void;
  /** Sends the head first, if this is the first. Call it again only after `drained`. */
  write(taken: TakenBytes): void;
  /** Resolves when what was written has been given back; `undefined` when it has been already. */
  drained(): Promise<void> | undefined;
  end(): void;
}

/**
 * `begin` writes the head: only when there is something to send after it, so that an error before can still be told. What is
 * written in one turn of the event loop, head and end included, leaves in one system call.
 */
export function createOutlet(response: ServerResponse, begin: () => void): Outlet {
  let text = '';
  /** Gives back what is on loan; undefined when nothing is. */
  let giveBack: (() => void) | undefined;
  let onDrained: (() => void) | undefined;
  response.once('close', () => giveBack?.());

  function flushText(): void {
    if (text !== '') response.write(text);
    text = '';
  }

  function lend(release: () => void): () => void {
    const back = () => {
      if (giveBack !== back) return;
      giveBack = undefined;
      release();
      onDrained?.();
      onDrained = undefined;
    };
    giveBack = back;
    return back;
  }

  return {
    get isGone() {
      return response.destroyed;
    },
    addText(more) {
      text += more;
    },
    write({ chunks, release }) {
      if (response.destroyed) {
        release();
        return;
      }
      if (!response.headersSent) begin();
      flushText();
      const back = lend(release);
      const final = chunks.length - 1;
      chunks.forEach((chunk, i) => {
        if (i < final) response.write(chunk);
        else response.write(chunk, back);
      });
    },
    drained: () =>
      giveBack &&
      new Promise((resolve) => {
        onDrained = resolve;
      }),
    end() {
      if (!response.headersSent) begin();
      flushText();
      response.end();
    },
  };
}
