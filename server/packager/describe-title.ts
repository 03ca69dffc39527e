/** Writes down what a published title is: the content of its `title.json`. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Title, TitleFile, TitleRepresentation } from '../library/title.ts';
import type { BuiltPresentation } from './build-presentation.ts';
import type { InputInfo } from './input-info.ts';
import { type MadeRepresentation, ratesOf } from './made-representation.ts';
import { decimalOf } from './ratio.ts';

export interface TitleFacts {
  readonly id: string;
  readonly title: string;
  readonly created: Date;
  readonly input: InputInfo;
  readonly fingerprint: string;
}

export async function describeTitle(facts: TitleFacts, built: BuiltPresentation): Promise<Title> {
  const { presentation, files } = built;
  const { input } = facts;
  const made = [...presentation.video, ...presentation.audio];
  return {
    format: 1,
    id: facts.id,
    title: facts.title,
    created: facts.created.toISOString(),
    duration: presentation.duration,
    input: { name: input.name, bytes: input.bytes, fingerprint: facts.fingerprint },
    representations: made.map((one) => describeRepresentation(one, presentation.minBufferTime)),
    ...(files.poster ? { poster: basename(files.poster) } : {}),
    files: {
      [basename(files.mpd)]: await describeSmallFile(files.mpd, 'application/dash+xml'),
      ...(files.poster
        ? { [basename(files.poster)]: await describeSmallFile(files.poster, 'image/jpeg') }
        : {}),
      ...Object.fromEntries(made.map((one) => [basename(one.file.file), describeMediaFile(one)])),
    },
  };
}

function describeRepresentation(made: MadeRepresentation, minBufferTime: number): TitleRepresentation {
  const { id, track, file, frameRate } = made;
  const { media, codecs } = track;
  return {
    id,
    kind: media.kind,
    codecs,
    ...ratesOf(made, minBufferTime),
    bytes: file.bytes,
    ...(media.kind === 'video' ? { width: media.width, height: media.height } : {}),
    ...(frameRate ? { frameRate: decimalOf(frameRate) } : {}),
  };
}

function describeMediaFile({ file, track }: MadeRepresentation): TitleFile {
  return { bytes: file.bytes, sha256: file.sha256, type: `${track.media.kind}/mp4` };
}

async function describeSmallFile(path: string, type: string): Promise<TitleFile> {
  const content = await readFile(path);
  return { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex'), type };
}
