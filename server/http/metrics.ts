/** What this server counts about itself, in the text format that Prometheus reads. */
import { type Aggregator, Gauge, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import { createAnswerMetrics } from './answer-metrics.ts';
import { type CacheCounts, createCacheMetrics } from './cache-metrics.ts';
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
  /** The same as data, to be added to what other processes have counted. */
  count(): Promise<MetricObjectWithValues<MetricValue<string>>[]>;
}

export interface MetricsOptions {
  readonly openConnections: () => number;
  readonly cache: () => CacheCounts;
}

export function createMetrics({ openConnections, cache }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  gauge('weir_http_open_connections', 'Connections open now.', openConnections);
  createCacheMetrics(registry, cache);
  gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage.rss());
  gauge('process_cpu_seconds_total', 'User and system processor time spent in seconds.', cpuSeconds);
  gauge('process_start_time_seconds', 'Start time of the process since the epoch.', startTime, 'min');

  /** Of several processes together it is the sum, but for what has no sum. */
  function gauge(name: string, help: string, measure: () => number, aggregator: Aggregator = 'sum'): void {
    const instrument: Gauge = new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect: () => instrument.set(measure()),
    });
  }

  return {
    contentType: registry.contentType,
    observe: createAnswerMetrics(registry),
    observeCmcd: createCmcdMetrics(registry),
    render: () => registry.metrics(),
    count: () => registry.getMetricsAsJSON(),
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function startTime(): number {
  return Date.now() / 1000 - process.uptime();
}
