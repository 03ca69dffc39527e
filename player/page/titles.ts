// Asks the server for its published titles.
import { StreamingError } from '../core/errors.ts';

/** One title as `/api/titles` tells it. Absent sizes: there is no video. */
export interface TitleSummary {
  readonly id: string;
  readonly title: string;
  readonly duration: number;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Of the best representation. */
  readonly width?: number;
  readonly height?: number;
  readonly poster?: string;
  /** URL of the MPD. */
  readonly manifest: string;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
}

export interface Listing {
  readonly titles: readonly TitleSummary[];
  /** Folders of the library that cannot be played, each with a sentence that says why. */
  readonly damaged: readonly { readonly id: string; readonly reason: string }[];
}

/** @throws StreamingError `network` or `http-status`; the signal's reason when aborted. */
export async function fetchListing(signal: AbortSignal): Promise<Listing> {
  const response = await ask('/api/titles', signal);
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Listing;
}

/**
 * Undefined when the library has no such title.
 * @throws StreamingError `network`, or `http-status` with the server's sentence when the title is damaged; the
 * signal's reason when aborted.
 */
export async function fetchTitle(id: string, signal: AbortSignal): Promise<TitleSummary | undefined> {
  const response = await ask(`/api/titles/${encodeURIComponent(id)}`, signal);
  if (response.status === 404) return undefined;
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as TitleSummary;
}

async function ask(path: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, { signal, headers: { accept: 'application/json' } });
  } catch (cause) {
    signal.throwIfAborted();
    throw new StreamingError('network', 'The server does not answer. Is it running?', { path }, cause);
  }
}

async function refusal(response: Response): Promise<StreamingError> {
  const body: unknown = await response.json().catch(() => undefined);
  const said = typeof body === 'object' && body !== null && 'error' in body ? `${body.error}` : undefined;
  const message = said ?? `The server answered with status ${response.status}.`;
  return new StreamingError('http-status', message, { status: response.status });
}
