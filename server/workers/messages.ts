/** What a supervisor and its workers say to each other, as plain data between processes. */
import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** What one process has counted. */
export type Counts = readonly MetricObjectWithValues<MetricValue<string>>[];

export type ToWorker<Options> =
  /** The answer to `awake`: what to serve. */
  | { readonly kind: 'start'; readonly options: Options }
  /** Not ready from now on; the door closes after `notice` seconds, and the process ends when its answers are out. */
  | { readonly kind: 'stop'; readonly notice: number }
  /** Answered by `counts` with the same number. */
  | { readonly kind: 'count'; readonly question: number }
  /** The answer to `count-all` with the same number: the text of all workers together. */
  | { readonly kind: 'all-counts'; readonly question: number; readonly text: string };

export type FromWorker =
  /** It listens to messages now; what is said before is lost. */
  | { readonly kind: 'awake' }
  | { readonly kind: 'ready'; readonly url: string }
  /** It could not start and is about to end. `code` is the system's. */
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string | undefined }
  | { readonly kind: 'counts'; readonly question: number; readonly counts: Counts }
  | { readonly kind: 'count-all'; readonly question: number };
