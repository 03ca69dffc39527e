/** Adds up what the workers have counted, so that one address tells of all of them. */
import { AggregatorRegistry, type PrometheusContentType, type Registry } from 'prom-client';
import type { Counts } from './messages.ts';

export interface CountsGatherer<Worker> {
  /** Asks all and waits for them, but not for one that hangs. Prometheus' text. */
  gather(): Promise<string>;
  /** What a worker answered to a question. */
  receive(worker: Worker, question: number, counts: Counts): void;
  /**
   * Call it when a worker has ended. What it had counted when it was asked for the last time stays in the sums, so that they
   * never fall.
   */
  retire(worker: Worker): Promise<void>;
}

export interface GathererOptions<Worker> {
  /** Puts the question to all workers and gives those that were asked. */
  readonly askAll: (question: number) => readonly Worker[];
  readonly patienceMs?: number;
}

interface Question<Worker> {
  readonly missing: Set<Worker>;
  readonly settle: () => void;
}

/** What grows for ever; a gauge tells of the present and ends with its worker. */
const LASTING_TYPES: ReadonlySet<unknown> = new Set(['counter', 'histogram']);

export function createCountsGatherer<Worker>({
  askAll,
  patienceMs = 1000,
}: GathererOptions<Worker>): CountsGatherer<Worker> {
  const latest = new Map<Worker, Counts>();
  const questions = new Map<number, Question<Worker>>();
  let retired: Counts = [];
  let asked = 0;

  async function gather(): Promise<string> {
    const question = asked++;
    await new Promise<void>((settle) => {
      const missing = new Set(askAll(question));
      questions.set(question, { missing, settle });
      if (missing.size === 0) settle();
      setTimeout(settle, patienceMs).unref();
    });
    questions.delete(question);
    return addUp([retired, ...latest.values()]).metrics();
  }

  return {
    gather,
    receive(worker, question, counts) {
      latest.set(worker, counts);
      const { missing, settle } = questions.get(question) ?? {};
      missing?.delete(worker);
      if (missing?.size === 0) settle?.();
    },
    async retire(worker) {
      const last = latest.get(worker) ?? [];
      latest.delete(worker);
      for (const question of questions.values()) {
        question.missing.delete(worker);
        if (question.missing.size === 0) question.settle();
      }
      const lasting = last.filter(({ type }) => LASTING_TYPES.has(type));
      retired = await addUp([retired, lasting]).getMetricsAsJSON();
    },
  };
}

function addUp(counts: readonly Counts[]): Registry<PrometheusContentType> {
  return AggregatorRegistry.aggregate(counts.map((some) => [...some]));
}
