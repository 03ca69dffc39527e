/** What the cache of media has done, as it says itself when somebody asks. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface CacheCounts {
  /** Bytes given out that were in memory already. */
  readonly hitBytes: number;
  /** Bytes given out that had to be waited for. */
  readonly missBytes: number;
  /** Memory with content now. */
  readonly residentBytes: number;
}

export function createCacheMetrics(registry: Registry, counts: () => CacheCounts): void {
  const registers = [registry];
  const bytes: Counter = new Counter({
    name: 'weir_cache_bytes_total',
    help: 'Bytes of media given out, by whether they were in memory (hit) or had to be read (miss).',
    labelNames: ['result'],
    registers,
    collect: () => {
      const { hitBytes, missBytes } = counts();
      bytes.reset();
      bytes.inc({ result: 'hit' }, hitBytes);
      bytes.inc({ result: 'miss' }, missBytes);
    },
  });
  const resident: Gauge = new Gauge({
    name: 'weir_cache_resident_bytes',
    help: 'Memory of the cache with content now.',
    registers,
    collect: () => resident.set(counts().residentBytes),
  });
}
