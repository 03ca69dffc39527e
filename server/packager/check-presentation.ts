/**
 * Reads back what was written, before anyone else does: each segment index against the boxes of its file, all rungs
 * against each other. A presentation that breaks its own promises is not published.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSegmentIndex, type SegmentIndex } from '../../player/core/mp4/sidx.ts';
import { type Fragment, type FragmentedFile, readFragmentedFile } from './fragmented-file.ts';
import { type MadePresentation, representationsOf } from './made-presentation.ts';
import { endOf, type IndexedFile, type MadeRepresentation } from './made-representation.ts';
import { PackagingError } from './packaging-error.ts';

type Sets = Pick<MadePresentation, 'video' | 'audio'>;

/** @throws PackagingError `output-faulty` with the first fault, or the reader's error for boxes that cannot be read. */
export async function checkPresentation(presentation: Sets, directory: string): Promise<void> {
  const rungs = presentation.video.flatMap((set) => set.representations);
  for (const rung of rungs.slice(1)) checkAlignment(rungs[0] ?? rung, rung);
  for (const made of representationsOf(presentation)) {
    if (made.stored.layout === 'indexed') await checkFile(made, made.stored, directory);
  }
}

/** One audio frame: sound ends on its own grid, so a little more than the picture's frame may be missing or over. */
const EVEN_ENOUGH = 0.05;

/** One sentence for each sound that ends noticeably before or after the picture; none without a picture. */
export function describeUnevenEnds({ video, audio }: Sets): string[] {
  const picture = video[0]?.representations[0];
  if (!picture) return [];
  const end = endOf(picture);
  const sounds = audio.flatMap((set) => set.representations);
  return sounds.flatMap((sound) => {
    const difference = endOf(sound) - end;
    if (Math.abs(difference) <= EVEN_ENOUGH) return [];
    const side = difference > 0 ? 'after' : 'before';
    return [`The sound "${sound.id}" ends ${Math.abs(difference).toFixed(2)} s ${side} the picture.`];
  });
}

async function checkFile(made: MadeRepresentation, stored: IndexedFile, directory: string): Promise<void> {
  const { id } = made;
  const file = join(directory, stored.file);
  const written = await readFragmentedFile(file);
  const { index, end } = await readIndex(file, stored);
  const fail = (fault: string): never => {
    throw new PackagingError('output-faulty', `Representation "${id}" came out wrong: ${fault}.`);
  };
  if (end !== stored.initializationBytes + stored.indexBytes) fail(`its index ends at byte ${end}`);
  if (written.track.skipTicks !== 0) fail('an edit list is left');
  if (written.track.codecs !== made.track.codecs) fail(`its codecs changed to ${written.track.codecs}`);
  const fault = findFault(written, index, { position: end, fileBytes: stored.bytes });
  if (fault) fail(fault);
}

async function readIndex(file: string, stored: IndexedFile): Promise<{ index: SegmentIndex; end: number }> {
  const handle = await open(file);
  try {
    const head = new Uint8Array(stored.initializationBytes + stored.indexBytes);
    await handle.read(head, 0, head.byteLength, 0);
    return decodeSegmentIndex(head);
  } finally {
    await handle.close();
  }
}

/**
 * The laws of a segment index: its references lie behind one another from its end to the end of the file, each begins
 * with a fragment that needs none before it, and lasts as long as the samples in it.
 */
export function findFault(
  { fragments }: Pick<FragmentedFile, 'fragments'>,
  index: SegmentIndex,
  { position, fileBytes }: { position: number; fileBytes: number },
): string | undefined {
  const byPosition = new Map(fragments.map((fragment, i) => [fragment.position, i]));
  let at = position + index.firstOffset;
  for (const [number, reference] of index.references.entries()) {
    const first = byPosition.get(at);
    if (first === undefined) return `segment ${number} does not begin with a fragment`;
    if (!fragments[first]?.startsWithSync) return `segment ${number} does not begin with a sync sample`;
    at += reference.size;
    if (ticksUntil(fragments.slice(first), at) !== reference.durationTicks) {
      return `segment ${number} does not last as long as its samples`;
    }
  }
  return at === fileBytes ? undefined : `its index covers ${at} of ${fileBytes} bytes`;
}

function ticksUntil(fragments: readonly Fragment[], end: number): number {
  return fragments
    .filter((fragment) => fragment.position < end)
    .reduce((sum, fragment) => sum + fragment.durationTicks, 0);
}

function checkAlignment(top: MadeRepresentation, rung: MadeRepresentation): void {
  if (startsOf(top) === startsOf(rung)) return;
  const pair = `"${top.id}" and "${rung.id}"`;
  throw new PackagingError('output-faulty', `The segments of ${pair} do not begin at the same times.`);
}

/** In ticks, which all rungs have in common; earliest presentation time and end included. */
function startsOf({ segments, track }: MadeRepresentation): string {
  const starts = segments.map((segment) => segment.startTicks);
  const ends = segments.map((segment) => segment.endTicks);
  return [track.timescale, track.skipTicks, ...starts, Math.max(...ends)].join(' ');
}
