/** Turns the Cues of a WebM file into segments: a segment is what lies between two cues. */
import { StreamingError } from '../errors.ts';
import { type Cue, readCues, readWebmHead } from '../webm/cues.ts';
import {
  type IndexAddressing,
  type IndexedSegment,
  type IndexReading,
  indexedList,
  type PeriodTimes,
  type PlacedBytes,
  pieceAt,
  wholeFile,
} from './index-reading.ts';
import type { Representation } from './presentation.ts';

/** Bytes that hold the Info of a file of which the MPD does not say how long its initialization is. */
const HEAD_SIZE = 4096;

/**
 * Like `segmentsFromIndex`. Needs the first bytes of the file beside its Cues: they say what a tick is, and from where
 * positions count. Without @indexRange the file is one segment.
 * @throws StreamingError `index-invalid` when either cannot be read.
 */
export function segmentsFromCues(
  { addressing, initialization, timestampOffset }: Representation & { readonly addressing: IndexAddressing },
  period: PeriodTimes,
  fetched: readonly PlacedBytes[],
): IndexReading {
  const { index, media } = addressing;
  const { range } = index;
  if (!range) return wholeFile(addressing, period);
  const headRange = initialization?.range ?? { first: 0, last: HEAD_SIZE - 1 };
  const ranges = [headRange, range].filter(({ first }) => !pieceAt(fetched, first));
  const [head, cuesPiece] = [pieceAt(fetched, headRange.first), pieceAt(fetched, range.first)];
  if (!head || !cuesPiece) return { kind: 'missing', ranges };
  const said = readWebmHead(head.bytes.subarray(headRange.first - head.first));
  const cues = readCues(cuesPiece.bytes.subarray(range.first - cuesPiece.first), said);
  const [first] = cues;
  const last = {
    time: said.duration ?? period.start + period.duration - timestampOffset,
    position: first && first.position < range.first ? range.first : said.end,
  };
  return {
    kind: 'read',
    segments: indexedList(between(cues, last, timestampOffset), media, period),
    initialization: initialization ?? { ...media, range: { first: 0, last: (first?.position ?? 0) - 1 } },
  };
}

/** `end`: where the last one stops: at Cues behind the clusters, or with the file. */
function between(cues: readonly Cue[], end: Cue, offset: number): IndexedSegment[] {
  if (end.position === Number.POSITIVE_INFINITY) {
    throw new StreamingError('index-invalid', 'The WebM file does not say where its last cluster ends.');
  }
  return cues.map(({ time, position }, i) => {
    const next = cues[i + 1] ?? end;
    return {
      start: time + offset,
      duration: next.time - time,
      range: { first: position, last: next.position - 1 },
    };
  });
}
