/** Reads a published title the way a player does: the MPD, then each segment index, then the segments it lists. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentsFromIndex } from '../../player/core/dash/indexed-segments.ts';
import type { Presentation, Representation, Segment } from '../../player/core/dash/presentation.ts';
import { readMpd } from '../../player/core/dash/read-mpd.ts';
import { MPD_FILE } from '../library/title.ts';

export interface ReadRepresentation {
  readonly representation: Representation;
  readonly bytes: Uint8Array;
  readonly segments: readonly Segment[];
}

export interface ReadPresentation {
  readonly presentation: Presentation;
  readonly video: readonly ReadRepresentation[];
  readonly audio: readonly ReadRepresentation[];
}

export async function readPublished(library: string, id: string): Promise<ReadPresentation> {
  const folder = join(library, id);
  const mpd = await readFile(join(folder, MPD_FILE), 'utf8');
  const presentation = readMpd(mpd, `https://a.test/media/${id}/${MPD_FILE}`);
  const readKind = async (kind: 'video' | 'audio'): Promise<ReadRepresentation[]> => {
    const sets = presentation.periods.flatMap((period) => period.adaptationSets);
    const representations = sets
      .filter((set) => set.contentType === kind)
      .flatMap((set) => set.representations);
    return Promise.all(representations.map((each) => readOne(each, folder, presentation)));
  };
  return { presentation, video: await readKind('video'), audio: await readKind('audio') };
}

/** `…/media/<id>/<version>/v.mp4` in the folder of the title. */
function fileOf(url: string, folder: string): string {
  return join(folder, ...new URL(url).pathname.split('/').slice(3));
}

async function readOne(
  representation: Representation,
  folder: string,
  { duration }: Presentation,
): Promise<ReadRepresentation> {
  const { addressing } = representation;
  if (addressing.kind !== 'index') throw new Error(`${representation.id} has no segment index.`);
  const range = addressing.index.range ?? { first: 0, last: 0 };
  const bytes = await readFile(fileOf(addressing.media.urls[0] ?? '', folder));
  const index = { first: range.first, bytes: bytes.subarray(range.first, range.last + 1) };
  // Longer than the presentation: what lies behind its end must be seen here, not cut off.
  const reading = segmentsFromIndex(representation, { start: -1, duration: duration + 2 }, [index]);
  if (reading.kind !== 'read') throw new Error(`${representation.id} has no complete index at its range.`);
  const { count } = reading.segments;
  const segments = Array.from({ length: count }, (_, i) => reading.segments.at(i)).flatMap(
    (each) => each ?? [],
  );
  return { representation, bytes, segments };
}
