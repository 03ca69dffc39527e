/** Both layouts hold the same fragments: what the index of one file says is what the files of the other are. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeSegmentIndex } from '../../../player/core/mp4/sidx.ts';
import { encodeFilm, planFilm } from '../encode/encoded-for-tests.ts';
import { makeFilm, makeFolder, NEVER } from '../films-for-tests.ts';
import { representationsOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import type { PackagingConfig } from '../packaging-config.ts';
import { readFragmentedFile } from './fragmented-file.ts';
import { makeRepresentations } from './make-representations.ts';

/** `styp` of 8 + 8 bytes and two brands. */
const HEAD_BYTES = 24;

/** Nine seconds in five chunks, in both layouts, each in a folder of its own. */
async function makeBoth() {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', rate: '30000/1001', seconds: 9.3, sound: 9.3 });
  const { input, encoded } = await encodeFilm(await planFilm(film, 2), folder);
  const make = async (layout: PackagingConfig['layout']) => {
    const directory = join(folder, layout);
    await mkdir(directory);
    const made = await makeRepresentations(input, encoded, {
      directory,
      config: { segmentSeconds: 1, codecs: ['h264'], layout },
      signal: NEVER,
    });
    return { directory, representations: representationsOf(made) };
  };
  return { indexed: await make('indexed'), files: await make('files') };
}

/** Initialization and segments as a client of the one file gets them, cut where its own index says. */
async function readIndexed({ stored }: MadeRepresentation, directory: string): Promise<Buffer[]> {
  if (stored.layout !== 'indexed') throw new Error('This is not one file.');
  const bytes = await readFile(join(directory, stored.file));
  const { index, end } = decodeSegmentIndex(bytes);
  let position = end;
  const segments = index.references.map(({ size }) => {
    position += size;
    return bytes.subarray(position - size, position);
  });
  expect(position).toBe(bytes.byteLength);
  return [bytes.subarray(0, stored.initializationBytes), ...segments];
}

async function readFiles({ stored, segments }: MadeRepresentation, directory: string): Promise<Buffer[]> {
  if (stored.layout !== 'files') throw new Error('These are not files.');
  const folder = join(directory, stored.folder);
  const names = ['init.mp4', ...segments.map((_, i) => `${i + 1}.m4s`)];
  expect((await readdir(folder)).sort()).toEqual([...names].sort());
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('one file cut at its index is the files of the other layout, apart from their heads', async () => {
  const { indexed, files } = await makeBoth();
  expect(indexed.representations.length).toBeGreaterThanOrEqual(2);
  for (const [i, one] of indexed.representations.entries()) {
    const other = files.representations[i];
    if (!other) throw new Error('There are fewer representations in files.');
    const [initialization, ...segments] = await readIndexed(one, indexed.directory);
    const [otherInitialization, ...otherSegments] = await readFiles(other, files.directory);
    expect(otherInitialization).toEqual(initialization);
    expect(otherSegments.map((file) => file.subarray(HEAD_BYTES))).toEqual(segments);
    for (const file of otherSegments) expect(file.toString('latin1', 4, 24)).toBe('stypmsdh\0\0\0\0msdhcmfs');
    expect(one.segments.map((segment) => segment.sha256)).toEqual(segments.map(sha256));
    expect(other.segments.map((segment) => segment.sha256)).toEqual(otherSegments.map(sha256));
    expect(other.segments.map(({ bytes }) => bytes - HEAD_BYTES)).toEqual(
      one.segments.map(({ bytes }) => bytes),
    );
    const timesOf = ({ segments: list }: MadeRepresentation) =>
      list.map(({ startTicks, endTicks }) => [startTicks, endTicks]);
    expect(timesOf(other)).toEqual(timesOf(one));
  }
});

test('fragments of all chunks are numbered through and lie on one time line without a gap', async () => {
  const { indexed } = await makeBoth();
  for (const { stored, track } of indexed.representations) {
    if (stored.layout !== 'indexed') throw new Error('This is not one file.');
    const path = join(indexed.directory, stored.file);
    const bytes = await readFile(path);
    const { fragments } = await readFragmentedFile(path);
    let next = 0;
    for (const [i, fragment] of fragments.entries()) {
      expect(fragment.startTicks).toBe(next);
      next += fragment.durationTicks;
      // `moof` and `mfhd` each have a header of 8 bytes; version and flags take 4 more.
      expect(bytes.readUInt32BE(fragment.position + 20)).toBe(i + 1);
    }
    expect(next / track.timescale).toBeCloseTo(9.3, 1);
  }
});
