/** Counts of answers: by kind and status, those that broke off, and their bytes. */
import { Counter, type Registry } from 'prom-client';
import type { AnswerOutcome } from './watch-answer.ts';

/** What has been counted of one kind and not been told yet. */
interface Tally {
  readonly statuses: Map<number, number>;
  aborted: number;
  bytes: number;
}

/**
 * The function that counts one answer of a kind, which comes from a short closed list: each is a series of its own. Numbers
 * are added up here and handed to prom-client when somebody asks: it finds a series by its labels, which costs more than to send
 * a small answer.
 */
export function createAnswerMetrics(registry: Registry): (kind: string, outcome: AnswerOutcome) => void {
  const tallies = new Map<string, Tally>();

  /** `tell` is called for each kind before the counter is read. */
  function createCounter(
    description: { readonly name: string; readonly help: string; readonly labelNames: string[] },
    tell: (counter: Counter, kind: string, tally: Tally) => void,
  ): void {
    const counter: Counter = new Counter({
      ...description,
      registers: [registry],
      collect: () => {
        for (const [kind, tally] of tallies) tell(counter, kind, tally);
      },
    });
  }

  createCounter(
    {
      name: 'weir_http_requests_total',
      help: 'Requests answered, by kind and status.',
      labelNames: ['kind', 'status'],
    },
    (counter, kind, { statuses }) => {
      for (const [status, count] of statuses) counter.inc({ kind, status }, count);
      statuses.clear();
    },
  );
  createCounter(
    {
      name: 'weir_http_aborted_total',
      help: 'Answers that did not reach their end, mostly because the client left.',
      labelNames: ['kind'],
    },
    (counter, kind, tally) => {
      counter.inc({ kind }, tally.aborted);
      tally.aborted = 0;
    },
  );
  createCounter(
    {
      name: 'weir_http_sent_bytes_total',
      help: 'Bytes handed to connections, headers included.',
      labelNames: ['kind'],
    },
    (counter, kind, tally) => {
      counter.inc({ kind }, tally.bytes);
      tally.bytes = 0;
    },
  );

  return (kind, { status, bytes, isComplete }) => {
    let tally = tallies.get(kind);
    if (!tally) {
      tally = { statuses: new Map(), aborted: 0, bytes: 0 };
      tallies.set(kind, tally);
    }
    tally.bytes += bytes;
    if (isComplete) tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    else tally.aborted += 1;
  };
}
