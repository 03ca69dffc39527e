/** Bandwidth traces: what real links did, as JSON (milliseconds and kilobits per second, repeated for ever). */
import type { RateSchedule } from './capacity.ts';

export interface Trace {
  readonly name: string;
  /** Round trip that goes with the trace; 0 when the file does not tell. */
  readonly latencyMs: number;
  readonly samples: readonly { readonly durationMs: number; readonly kbps: number }[];
}

/**
 * Reads a trace file's text; `where` names it in messages.
 * @throws SyntaxError in one sentence for what is no JSON, misses its samples, or holds one that cannot be.
 */
export function readTrace(text: string, where: string): Trace {
  const trace = asRecord(parse(text, where));
  const samples = trace?.['samples'];
  if (!trace || !Array.isArray(samples) || samples.length === 0) {
    throw new SyntaxError(`${where} is no bandwidth trace: it has no list of "samples".`);
  }
  const { name, latencyMs } = trace;
  return {
    name: typeof name === 'string' ? name : where,
    latencyMs: isAmount(latencyMs) ? latencyMs : 0,
    samples: samples.map((sample: unknown, i) => readSample(sample, `Sample ${i + 1} of ${where}`)),
  };
}

export function rateFromTrace(trace: Trace): RateSchedule {
  return trace.samples.map(({ durationMs, kbps }) => ({ duration: durationMs / 1000, rate: kbps * 1000 }));
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${where} is no bandwidth trace: it is not JSON.`, { cause });
  }
}

function readSample(sample: unknown, where: string): Trace['samples'][number] {
  const { durationMs, kbps } = asRecord(sample) ?? {};
  if (!isAmount(durationMs) || durationMs === 0)
    throw new SyntaxError(`${where} needs a "durationMs" above 0.`);
  if (!isAmount(kbps)) throw new SyntaxError(`${where} needs a "kbps" from 0 up.`);
  return { durationMs, kbps };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
