/** Writes down what a published title is: the content of its `title.json`. */
import { createHash } from 'node:crypto';
import type { Title, TitleFile, TitleRepresentation } from '../library/title.ts';
import type { BuiltPresentation } from './build-presentation.ts';
import type { InputInfo } from './input-info.ts';
import { representationsOf } from './made-presentation.ts';
import { bytesOfRepresentation, type MadeRepresentation, ratesOf } from './made-representation.ts';
import { decimalOf } from './ratio.ts';

export interface TitleFacts {
  readonly id: string;
  readonly title: string;
  readonly created: Date;
  readonly input: InputInfo;
  readonly fingerprint: string;
}

export function describeTitle(facts: TitleFacts, built: BuiltPresentation): Title {
  const { presentation, version, files, poster } = built;
  const { input } = facts;
  const made = representationsOf(presentation);
  return {
    format: 1,
    id: facts.id,
    title: facts.title,
    created: facts.created.toISOString(),
    duration: presentation.duration,
    version,
    input: { name: input.name, bytes: input.bytes, fingerprint: facts.fingerprint },
    representations: made.map((one) => describeRepresentation(one, presentation.minBufferTime)),
    ...(poster ? { poster } : {}),
    files,
  };
}

function describeRepresentation(made: MadeRepresentation, minBufferTime: number): TitleRepresentation {
  const { id, track, frameRate } = made;
  const { media, codecs } = track;
  return {
    id,
    kind: media.kind,
    codecs,
    ...ratesOf(made, minBufferTime),
    bytes: bytesOfRepresentation(made),
    ...(media.kind === 'video' ? { width: media.width, height: media.height } : {}),
    ...(frameRate ? { frameRate: decimalOf(frameRate) } : {}),
  };
}

/** What `title.json` says of the files of one representation, by their names inside the version's folder. */
export function describeMediaFiles({
  stored,
  segments,
  track,
}: MadeRepresentation): Record<string, TitleFile> {
  const type = `${track.media.kind}/mp4`;
  if (stored.layout === 'indexed')
    return { [stored.file]: { bytes: stored.bytes, sha256: stored.sha256, type } };
  const numbered = segments.map(({ bytes, sha256 }, i) => [
    `${stored.folder}/${i + 1}.m4s`,
    { bytes, sha256, type },
  ]);
  return {
    [`${stored.folder}/init.mp4`]: { ...stored.initialization, type },
    ...Object.fromEntries(numbered),
  };
}

/** What `title.json` says of a file with this content. */
export function describeContent(content: Uint8Array, type: string): TitleFile {
  return { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex'), type };
}
