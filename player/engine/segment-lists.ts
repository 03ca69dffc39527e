/** What must be known of a representation before its first segment: its segment list and its initialization, each fetched once. */
import type { PlacedBytes } from '../core/dash/index-reading.ts';
import { segmentsFromIndex } from '../core/dash/indexed-segments.ts';
import type { ByteRange, Representation, Resource, SegmentList } from '../core/dash/presentation.ts';
import type { MediaKind } from '../core/session/event.ts';
import type { SegmentSource } from '../fetch/segment-source.ts';

/** A representation in its period: equal ids in two periods are two representations. */
export interface Placed {
  readonly representation: Representation;
  readonly kind: MediaKind;
  readonly period: { readonly start: number; readonly duration: number };
}

export interface Prepared {
  readonly segments: SegmentList;
  /** Undefined for self-initializing segments. */
  readonly initialization: Uint8Array<ArrayBuffer> | undefined;
}

export interface SegmentLists {
  /** Fetches what is missing; concurrent and later callers share one fetch, a failed one is forgotten. */
  prepare(placed: Placed): Promise<Prepared>;
  /** The list as far as it is known without a request. */
  peek(representation: Representation): SegmentList | undefined;
}

/** `signal` is the player's: these few bytes serve every later visit, so a seek does not cancel them. */
export function createSegmentLists(source: SegmentSource, signal: AbortSignal): SegmentLists {
  const known = new Map<Representation, SegmentList>();
  const pending = new Map<Representation, Promise<Prepared>>();

  async function prepare(placed: Placed): Promise<Prepared> {
    const fetched: PlacedBytes[] = [];
    const { representation } = placed;
    const get = (resource: Resource, kind: 'index' | 'initialization') =>
      fetchPart(source, placed, resource, kind, signal);
    // Initialization and index stand side by side in most files: one request instead of two.
    const both = spanOf(representation);
    if (both) fetched.push({ first: both.range.first, bytes: await get(both, 'index') });
    const early =
      both || !representation.initialization
        ? undefined
        : get(representation.initialization, 'initialization');
    early?.catch(() => undefined);
    const reading = await readIndex(placed, fetched, (resource) => get(resource, 'index'));
    known.set(representation, reading.segments);
    if (early) return { segments: reading.segments, initialization: await early };
    const resource = reading.initialization;
    const initialization = resource && (cut(fetched, resource) ?? (await get(resource, 'initialization')));
    return { segments: reading.segments, initialization };
  }

  return {
    prepare(placed) {
      const { representation } = placed;
      const running = pending.get(representation) ?? prepare(placed);
      pending.set(representation, running);
      running.catch(() => pending.delete(representation));
      return running;
    },
    peek: (representation) =>
      representation.addressing.kind === 'list'
        ? representation.addressing.segments
        : known.get(representation),
  };
}

async function readIndex(
  { representation, period }: Placed,
  fetched: PlacedBytes[],
  get: (resource: Resource) => Promise<Uint8Array<ArrayBuffer>>,
) {
  for (;;) {
    const reading = segmentsFromIndex(representation, period, fetched);
    if (reading.kind === 'read') return reading;
    const { addressing } = representation;
    const urls = addressing.kind === 'index' ? addressing.index.urls : [];
    const pieces = reading.ranges.map(async (range) => ({
      first: range.first,
      bytes: await get({ urls, range }),
    }));
    fetched.push(...(await Promise.all(pieces)));
  }
}

async function fetchPart(
  source: SegmentSource,
  { representation, kind }: Placed,
  resource: Resource,
  what: 'index' | 'initialization',
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const about = { kind, representation: representation.id };
  const response = await source.fetch({ ...resource, kind: what, about }, signal);
  return response.bytes;
}

/** Bytes between initialization and index that are cheaper to fetch along than to ask for separately. */
const CHEAP_GAP = 4096;

/** One range over initialization and index when they are near neighbours in one file. */
function spanOf({
  initialization,
  addressing,
}: Representation): (Resource & { range: ByteRange }) | undefined {
  if (addressing.kind !== 'index' || !initialization?.range || !addressing.index.range) return undefined;
  if (initialization.urls[0] !== addressing.index.urls[0]) return undefined;
  const gap = addressing.index.range.first - initialization.range.last;
  if (gap < 0 || gap > CHEAP_GAP) return undefined;
  return {
    urls: initialization.urls,
    range: { first: initialization.range.first, last: addressing.index.range.last },
  };
}

/** The bytes of `resource` when a fetched piece holds them all. */
function cut(fetched: readonly PlacedBytes[], { range }: Resource): Uint8Array<ArrayBuffer> | undefined {
  if (!range) return undefined;
  const holds = (piece: PlacedBytes) =>
    piece.first <= range.first && piece.first + piece.bytes.byteLength > range.last;
  const piece = fetched.find(holds);
  return piece && new Uint8Array(piece.bytes.slice(range.first - piece.first, range.last + 1 - piece.first));
}
