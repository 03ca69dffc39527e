/**
 * A response as it is written with bytes on loan: they go back as soon as the kernel has them, or the client has gone. Plain
 * functions over a plain state: this runs for every request, where a closure more is felt.
 */
import type { ServerResponse } from 'node:http';
import type { TakenBytes } from './stored-bytes.ts';

export interface Outlet {
  readonly response: ServerResponse;
  readonly status: number;
  /** Names and values by turns. */
  readonly headers: string[];
  /** Goes out before the next bytes, or before the end. */
  text: string;
  /** What the kernel has not taken yet; nothing more may be written as long as it is there. */
  loan: TakenBytes | undefined;
  onGivenBack: (() => void) | undefined;
}

/** The head is sent with the first bytes, so that an error before them can still be told. */
export function openOutlet(response: ServerResponse, status: number, headers: string[]): Outlet {
  const outlet: Outlet = {
    response,
    status,
    headers,
    text: '',
    loan: undefined,
    onGivenBack: undefined,
  };
  response.on('close', () => giveBack(outlet, outlet.loan));
  return outlet;
}

/** False when the client has gone. What is written in one turn of the event loop leaves in one system call. */
export function writeTaken(outlet: Outlet, taken: TakenBytes): boolean {
  const { response } = outlet;
  if (response.destroyed) {
    taken.release();
    return false;
  }
  writeText(outlet);
  outlet.loan = taken;
  const { chunks } = taken;
  const final = chunks.length - 1;
  chunks.forEach((chunk, i) => {
    if (i < final) response.write(chunk);
    else response.write(chunk, () => giveBack(outlet, taken));
  });
  return true;
}

/** Resolves when nothing is on loan. */
export function untilGivenBack(outlet: Outlet): Promise<void> {
  return new Promise((resolve) => {
    if (outlet.loan) outlet.onGivenBack = resolve;
    else resolve();
  });
}

export function endOutlet(outlet: Outlet): void {
  writeText(outlet);
  outlet.response.end();
}

function writeText(outlet: Outlet): void {
  const { response, status, headers, text } = outlet;
  if (!response.headersSent) response.writeHead(status, headers);
  if (text !== '') response.write(text);
  outlet.text = '';
}

function giveBack(outlet: Outlet, taken: TakenBytes | undefined): void {
  if (!taken || outlet.loan !== taken) return;
  outlet.loan = undefined;
  taken.release();
  outlet.onGivenBack?.();
  outlet.onGivenBack = undefined;
}
