/** The flags of `npm run package` that say how a film is to be encoded and laid out. */
import type { RateTarget, VideoCodec } from '../../server/packager/ladder/ladder.ts';
import {
  DEFAULT_PACKAGING_CONFIG,
  type PackagingConfig,
  PRESETS,
} from '../../server/packager/packaging-config.ts';

export const PACKAGING_OPTIONS = {
  codecs: { type: 'string' },
  'rate-control': { type: 'string' },
  'segment-seconds': { type: 'string' },
  layout: { type: 'string' },
  'per-title': { type: 'string' },
  preset: { type: 'string' },
  crf: { type: 'string' },
} as const;

const CODECS = ['h264', 'hevc', 'vp9', 'av1'] as const satisfies readonly VideoCodec[];
const RATE_CONTROLS = ['crf', 'vbr', 'cbr'] as const satisfies readonly RateTarget['kind'][];
const LAYOUTS = ['indexed', 'files'] as const satisfies readonly PackagingConfig['layout'][];
const PER_TITLE = ['auto', 'always', 'never'] as const satisfies readonly PackagingConfig['perTitle'][];

const { codecs, rateControl, crf, preset, perTitle, segmentSeconds, layout } = DEFAULT_PACKAGING_CONFIG;

export const PACKAGING_HELP = `\
  --codecs LIST         of ${CODECS.join(', ')}, with commas between; the first is preferred (default: ${codecs})
  --rate-control KIND   crf: constant quality under a ceiling, vbr: an average over the film, cbr: the same
                        rate at all times (default: ${rateControl})
  --crf N               quality on x264's scale, 0 to 51, lower is better (default: ${crf})
  --preset NAME         x264's, from ultrafast to veryslow (default: ${preset})
  --per-title WHEN      sizes and rates follow from the film: auto, always or never (default: ${perTitle})
  --segment-seconds N   length of a segment, 1 to 10 (default: ${segmentSeconds})
  --layout KIND         indexed: a file for each representation, files: one for each segment (default: ${layout})`;

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** The configuration with its defaults, and a sentence for each value that cannot be; missing values are told elsewhere. */
export function readPackagingConfig(values: Values): { config: PackagingConfig; faults: readonly string[] } {
  const faults: string[] = [];
  const ask = <T>(
    name: keyof typeof PACKAGING_OPTIONS,
    read: (text: string) => T | undefined,
    wanted: string,
  ): T | undefined => {
    const text = values[name];
    if (typeof text !== 'string' || text.trim() === '') return undefined;
    const value = read(text.trim());
    if (value === undefined) faults.push(`--${name} takes ${wanted}, not "${text}".`);
    return value;
  };
  const choose = <T extends string>(name: keyof typeof PACKAGING_OPTIONS, words: readonly T[]) =>
    ask(name, (text) => words.find((word) => word === text), `one of ${words.join(', ')}`);
  const config: PackagingConfig = {
    ...DEFAULT_PACKAGING_CONFIG,
    codecs: ask('codecs', readCodecs, `one or several of ${CODECS.join(', ')}, each once`) ?? codecs,
    rateControl: choose('rate-control', RATE_CONTROLS) ?? rateControl,
    crf: ask('crf', numberWithin(0, 51), 'a number from 0 to 51') ?? crf,
    preset: choose('preset', PRESETS) ?? preset,
    perTitle: choose('per-title', PER_TITLE) ?? perTitle,
    segmentSeconds: ask('segment-seconds', numberWithin(1, 10), 'a number from 1 to 10') ?? segmentSeconds,
    layout: choose('layout', LAYOUTS) ?? layout,
  };
  return { config, faults };
}

function readCodecs(text: string): VideoCodec[] | undefined {
  const words = text.split(',').map((word) => word.trim());
  const named = words.flatMap((word) => CODECS.find((codec) => codec === word) ?? []);
  return named.length === words.length && new Set(named).size === named.length ? named : undefined;
}

function numberWithin(least: number, most: number): (text: string) => number | undefined {
  return (text) => {
    const value = Number(text);
    return value >= least && value <= most ? value : undefined;
  };
}
