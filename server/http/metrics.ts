/** What this server counts about itself, in the text format that Prometheus reads. */
import { Gauge, Registry } from 'prom-client';
import { createAnswerMetrics } from './answer-metrics.ts';
import { createCmcdMetrics } from './cmcd-metrics.ts';
import type { CmcdReading } from './read-cmcd.ts';
import type { AnswerOutcome } from './watch-answer.ts';

export interface Metrics {
  readonly contentType: string;
  /** Counts one request that is over. `kind` comes from a short closed list: each value is a series of its own. */
  observe(kind: string, outcome: AnswerOutcome): void;
  /** Sums up what players tell. */
  observeCmcd(reading: CmcdReading): void;
  render(): Promise<string>;
}

export function createMetrics(openConnections: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  gauge('weir_http_open_connections', 'Connections open now.', openConnections);
  gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage.rss());
  gauge('process_cpu_seconds_total', 'User and system processor time spent in seconds.', cpuSeconds);
  gauge('process_start_time_seconds', 'Start time of the process since the epoch.', startTime);

  function gauge(name: string, help: string, measure: () => number): void {
    const instrument: Gauge = new Gauge({
      name,
      help,
      registers,
      collect: () => instrument.set(measure()),
    });
  }

  return {
    contentType: registry.contentType,
    observe: createAnswerMetrics(registry),
    observeCmcd: createCmcdMetrics(registry),
    render: () => registry.metrics(),
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function startTime(): number {
  return Date.now() / 1000 - process.uptime();
}
