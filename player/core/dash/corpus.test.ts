import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import type { PlacedBytes } from './index-reading.ts';
import { segmentsFromIndex } from './indexed-segments.ts';
import type { Period, Presentation, Representation, Resource, Segment } from './presentation.ts';
import { readMpd } from './read-mpd.ts';

const media = fileURLToPath(new URL('../../../../shared/media/', import.meta.url));
const files = ['mpd', 'dash'].flatMap((folder) =>
  filesIn(`${media}${folder}`).filter((file) => file.endsWith('.mpd')),
);

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);
}

type Outcome = { presentation: Presentation } | { error: unknown };

function outcomeOf(file: string): Outcome & { seconds: number } {
  const text = readFileSync(file, 'utf8');
  const before = performance.now();
  const outcome = read(text, `file://${file}`);
  return { ...outcome, seconds: (performance.now() - before) / 1000 };
}

function read(text: string, url: string): Outcome {
  try {
    return { presentation: readMpd(text, url) };
  } catch (error) {
    return { error };
  }
}

test.skipIf(files.length === 0)(
  'each MPD of the corpus is a presentation or a StreamingError with a path, in no time',
  () => {
    const outcomes = files.map((file) => ({ file: relative(media, file), ...outcomeOf(file) }));
    const wrong = outcomes.filter(
      (outcome) => outcome.seconds > 1 || ('error' in outcome && !isClear(outcome.error)),
    );
    expect(wrong).toEqual([]);
    const presentations = outcomes.filter((outcome) => 'presentation' in outcome);
    expect(files.length).toBeGreaterThan(300);
    expect(presentations.length).toBeGreaterThan(150);
  },
);

function isClear(error: unknown): boolean {
  if (!(error instanceof StreamingError)) return false;
  return /^mpd-(invalid|unsupported)$/.test(error.code) && String(error.details['path']).startsWith('/');
}

/** Vectors of which only a part of the segments was kept. */
const PARTIAL = /rxplayer-gpac-multiperiod|cea608\.mpd/;

const vectors = files.filter((file) => file.startsWith(`${media}dash`) && !PARTIAL.test(file));

test.skipIf(vectors.length === 0)(
  'initialization and first and last segment of each vector are files that exist',
  () => {
    const missing: string[] = [];
    let looked = 0;
    for (const file of vectors) {
      const outcome = outcomeOf(file);
      if (!('presentation' in outcome)) continue;
      for (const resource of edgesOf(outcome.presentation)) {
        looked++;
        if (!isThere(resource)) missing.push(`${relative(media, file)}: ${JSON.stringify(resource)}`);
      }
    }
    expect(missing).toEqual([]);
    expect(looked).toBeGreaterThan(100);
  },
);

function edgesOf(presentation: Presentation): Resource[] {
  return presentation.periods.flatMap((period) =>
    period.adaptationSets
      .flatMap((set) => set.representations)
      .flatMap((representation) => edgesOfRepresentation(representation, period)),
  );
}

function edgesOfRepresentation(representation: Representation, period: Period): Resource[] {
  const fetched: PlacedBytes[] = [];
  let reading = segmentsFromIndex(representation, period, fetched);
  while (reading.kind === 'missing') {
    fetched.push(
      ...reading.ranges.map(({ first, last }) => ({ first, bytes: bytesOf(representation, first, last) })),
    );
    reading = segmentsFromIndex(representation, period, fetched);
  }
  const { segments } = reading;
  const initialization = reading.initialization ?? representation.initialization;
  const edges = [initialization, segments.at(0), segments.at(segments.count - 1)];
  return edges.filter((edge): edge is Resource | Segment => edge !== undefined);
}

function bytesOf({ addressing }: Representation, first: number, last: number): Uint8Array {
  const [url = ''] = addressing.kind === 'index' ? addressing.index.urls : [];
  return new Uint8Array(readFileSync(fileURLToPath(url)).subarray(first, last + 1));
}

function isThere({ urls: [url = ''], range }: Resource): boolean {
  const path = fileURLToPath(url);
  return existsSync(path) && (!range || range.last < statSync(path).size);
}
