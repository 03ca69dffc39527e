/** What a person may ask of the packager, apart from the input and its place: one value from the flags to the encoder. */
import { DEFAULT_INPUT_POLICY, type InputPolicy } from './input/input-policy.ts';
import type { RateTarget, VideoCodec } from './ladder/ladder.ts';

export interface PackagingConfig {
  /** What is asked of the input before it is taken. */
  readonly input: InputPolicy;
  /** Wanted length of a segment, 1 to 10; the real one is the nearest whole number of frames. */
  readonly segmentSeconds: number;
  /** One file for each representation with an index inside, or a file for each segment. */
  readonly layout: 'indexed' | 'files';
  /** Constant quality under a ceiling, an average over the film, or the same rate at all times. */
  readonly rateControl: RateTarget['kind'];
  /** One adaptation set each, at least one; the first is what a player takes that can play all of them. */
  readonly codecs: readonly VideoCodec[];
  /** Whether sizes and rates follow from how hard this film is to encode; `auto`: when it costs little beside the rest. */
  readonly perTitle: 'auto' | 'always' | 'never';
  /** Files of captions to go with the film; `lang` is BCP 47. */
  readonly captions: readonly { readonly lang: string; readonly file: string }[];
  /** x264's name of how much time to spend; slower ones make smaller files of the same quality. */
  readonly preset: Preset;
  /** x264's constant quality, 0 to 51: 18 is hardly told from the input, 28 is visibly worse. */
  readonly crf: number;
  /** Wanted length of what is encoded in one go, in seconds: a run that was killed loses one or two of these. */
  readonly chunkSeconds: number;
}

/** Fastest first. */
export const PRESETS = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
] as const;

export type Preset = (typeof PRESETS)[number];

export const DEFAULT_PACKAGING_CONFIG: PackagingConfig = {
  input: DEFAULT_INPUT_POLICY,
  segmentSeconds: 4,
  layout: 'indexed',
  rateControl: 'crf',
  codecs: ['h264'],
  perTitle: 'auto',
  captions: [],
  preset: 'veryfast',
  crf: 23,
  chunkSeconds: 60,
};
