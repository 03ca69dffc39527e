/**
 * Initializations for HLS with an edit list. DASH says in the MPD what a client is to skip of what the encoder put in front
 * of the sound; playlists have no word for that, so the box of ISO/IEC 14496-12 §8.6.6 has to.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBox } from '../../../player/core/mp4/box.ts';
import { editBoxes } from '../../../player/core/mp4/edit-boxes.ts';
import { joinBytes, uint32, writeBox } from '../../../player/core/mp4/write-box.ts';
import { representationsOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { readInitialization } from '../media/media-bytes.ts';
import type { OutputContext } from '../output-context.ts';

const FOLDER = 'hls';

/** Names inside the version's folder, for the representations that need one. */
export async function makeEditedInitializations({
  media,
  directory,
}: OutputContext): Promise<Map<MadeRepresentation, string>> {
  const names = new Map<MadeRepresentation, string>();
  const skipping = representationsOf(media).filter(({ track }) => track.skipTicks > 0);
  if (skipping.length > 0) await mkdir(join(directory, FOLDER));
  for (const made of skipping) {
    const name = `${FOLDER}/${made.id}.mp4`;
    const edited = withEditList(await readInitialization(made, directory), made.track.skipTicks);
    await writeFile(join(directory, name), edited);
    names.set(made, name);
  }
  return names;
}

/** Behind the track's header, where no edit list is yet. */
export function withEditList(initialization: Uint8Array, skipTicks: number): Uint8Array<ArrayBuffer> {
  return editBoxes(initialization, {
    'moov/trak': (content) => {
      const headerEnd = findBox(content, 'tkhd')?.end ?? 0;
      return joinBytes([content.subarray(0, headerEnd), editList(skipTicks), content.subarray(headerEnd)]);
    },
  });
}

const NORMAL_RATE = 0x0001_0000;

/** Version, flags; entry_count; segment_duration, 0 for all that the fragments hold; media_time; media_rate. */
function editList(skipTicks: number): Uint8Array {
  return writeBox('edts', writeBox('elst', uint32(0, 1, 0, skipTicks, NORMAL_RATE)));
}
