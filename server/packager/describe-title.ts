/** Writes down what a published title is: the content of its `title.json`. */
import type { Title, TitleRepresentation } from '../library/title.ts';
import type { FinishedPresentation } from './finish-presentation.ts';
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

export function describeTitle(facts: TitleFacts, built: FinishedPresentation): Title {
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
