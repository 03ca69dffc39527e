/** Writes down what a published title is: the content of its `title.json`. */
import type {
  Title,
  TitleCaptions,
  TitleInput,
  TitleInputVideo,
  TitleRepresentation,
} from '../library/title.ts';
import type { FinishedPresentation } from './finish-presentation.ts';
import type { InputInfo, VideoStream } from './input/input-info.ts';
import type { TextSet } from './made-presentation.ts';
import { bytesOfRepresentation, type MadeRepresentation, ratesOf } from './made-representation.ts';
import { decimalOf } from './ratio.ts';

export interface TitleFacts {
  readonly id: string;
  readonly title: string;
  readonly created: Date;
  readonly input: InputInfo;
  readonly fingerprint: string;
  /** What of the input was unusual, lost or left out: sentences. */
  readonly notices: readonly string[];
}

export function describeTitle(facts: TitleFacts, built: FinishedPresentation): Title {
  const { presentation, version, files, names } = built;
  const made = [...presentation.video, ...presentation.audio].flatMap((set) =>
    set.representations.map((one) => describeRepresentation(one, set.lang, presentation.minBufferTime)),
  );
  return {
    format: 1,
    id: facts.id,
    title: facts.title,
    created: facts.created.toISOString(),
    duration: presentation.duration,
    version,
    input: describeInput(facts),
    representations: made,
    ...names,
    ...(presentation.text.length > 0
      ? { captions: presentation.text.map((set) => describeCaptions(set, version)) }
      : {}),
    ...(facts.notices.length > 0 ? { notices: facts.notices } : {}),
    files,
  };
}

function describeInput({ input, fingerprint }: TitleFacts): TitleInput {
  const { name, bytes, duration, video, audio } = input;
  return {
    name,
    bytes,
    fingerprint,
    ...(duration === undefined ? {} : { duration }),
    ...(video ? { video: describePicture(video) } : {}),
    audio: audio.map(({ codec, channels, lang }) => ({ codec, channels, ...(lang ? { lang } : {}) })),
  };
}

function describePicture({ codec, display, frameRate, colour }: VideoStream): TitleInputVideo {
  const hdr = { smpte2084: 'pq', 'arib-std-b67': 'hlg' }[colour.transfer] as TitleInputVideo['hdr'];
  const { width, height } = display;
  return {
    codec,
    width: Math.round(width),
    height: Math.round(height),
    frameRate: decimalOf(frameRate),
    ...(hdr ? { hdr } : {}),
  };
}

function describeCaptions({ file, lang, label, role, isForced }: TextSet, version: string): TitleCaptions {
  return {
    file: `${version}/${file}`,
    label,
    role,
    ...(lang ? { lang } : {}),
    ...(isForced ? { isForced } : {}),
  };
}

function describeRepresentation(
  made: MadeRepresentation,
  lang: string,
  minBufferTime: number,
): TitleRepresentation {
  const { id, track, frameRate } = made;
  const { media, codecs } = track;
  return {
    id,
    kind: media.kind,
    codecs,
    ...ratesOf(made, minBufferTime),
    bytes: bytesOfRepresentation(made),
    ...(media.kind === 'video' ? { width: media.width, height: media.height } : { channels: media.channels }),
    ...(frameRate ? { frameRate: decimalOf(frameRate) } : {}),
    ...(lang ? { lang } : {}),
  };
}
