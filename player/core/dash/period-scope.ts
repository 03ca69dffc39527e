/** What the adaptation sets of one period share while they are read. */
import type { StreamingError } from '../errors.ts';
import type { ByteRange } from './presentation.ts';
import type { NumberedTiming, PeriodBounds } from './segment-timing.ts';
import type { XmlElement } from './xml-element.ts';

export interface PeriodScope {
  readonly bounds: PeriodBounds;
  /** How often each identifier was given. */
  readonly setIds: Map<string, number>;
  readonly representationIds: Map<string, number>;
  /** Why something was left out. */
  readonly refusals: StreamingError[];
  /** Many representations inherit one long timeline or list: each is read once. Keys tell different readings apart. */
  readonly timings: ReadOnce<NumberedTiming>;
  readonly lists: ReadOnce<readonly SegmentSource[]>;
}

/** A SegmentURL apart from its element, so that a long list does not keep the whole document alive. */
export interface SegmentSource {
  /** The BaseURL itself when absent. */
  readonly media?: string;
  readonly range?: ByteRange;
}

export type ReadOnce<T> = (element: XmlElement, key: string, read: () => T) => T;

export function createPeriodScope(bounds: PeriodBounds, refusals: StreamingError[]): PeriodScope {
  return {
    bounds,
    setIds: new Map(),
    representationIds: new Map(),
    refusals,
    timings: createReadOnce(),
    lists: createReadOnce(),
  };
}

function createReadOnce<T>(): ReadOnce<T> {
  const results = new Map<XmlElement, Map<string, T>>();
  return (element, key, read) => {
    const known = results.get(element) ?? new Map<string, T>();
    results.set(element, known);
    const result = known.get(key) ?? read();
    known.set(key, result);
    return result;
  };
}
