/**
 * Finds the first picture of each segment, so that players can show how a film runs while somebody drags along its time
 * line, and fetch hardly more than these pictures (RFC 8216 §4.3.3.6).
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { findBox } from '../../../player/core/mp4/box.ts';
import { readSamples } from '../../../player/core/mp4/fragment.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { type MediaPlace, placesOf } from '../media/media-places.ts';
import type { OutputContext } from '../output-context.ts';

/** Of the codec that plays everywhere: sizes as `sizesOf` gives them. */
export async function findKeyPictures({
  media,
  directory,
}: Pick<OutputContext, 'media' | 'directory'>): Promise<Map<MadeRepresentation, readonly number[]>> {
  const found = new Map<MadeRepresentation, readonly number[]>();
  for (const made of media.video[0]?.representations ?? []) found.set(made, await sizesOf(made, directory));
  return found;
}

/** Bytes from the beginning of each segment to the end of its first sample, a picture that needs no other. */
async function sizesOf(made: MadeRepresentation, directory: string): Promise<number[]> {
  const sizes: number[] = [];
  for (const [i, place] of placesOf(made).segments.entries()) {
    const size = await sizeIn(await readStart(place, directory, made.segments[i]?.bytes ?? 0), made);
    if (size === undefined)
      throw new Error(`Segment ${i + 1} of "${made.id}" does not begin with a fragment.`);
    sizes.push(size);
  }
  return sizes;
}

/** Room for the `moof` of ten seconds at 60 frames each, several times over. */
const START_BYTES = 64 * 1024;

async function readStart({ file, range }: MediaPlace, directory: string, bytes: number): Promise<Uint8Array> {
  const handle = await open(join(directory, file));
  try {
    const wanted = new Uint8Array(Math.min(START_BYTES, bytes));
    const { bytesRead } = await handle.read(wanted, 0, wanted.byteLength, range?.first ?? 0);
    return wanted.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** `undefined` where there is no `moof`, or none that says where its samples are. */
function sizeIn(start: Uint8Array, { track }: MadeRepresentation): number | undefined {
  const moof = findBox(start, 'moof');
  if (!moof) return undefined;
  const { dataOffset, samples } = readSamples(start.subarray(moof.start, moof.end), track);
  return dataOffset === undefined ? undefined : moof.start + dataOffset + (samples[0]?.bytes ?? 0);
}
