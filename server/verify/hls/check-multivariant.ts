/** What a multivariant playlist claims of its variants against the representations that their playlists list. */
import type { ReadMedia } from '../read-media.ts';
import { type Comparison, compare, type Finding } from '../verdict.ts';
import type { Attributes, MultivariantPlaylist } from './read-playlist.ts';

/** Media playlists by their URI, as far as one of the representations is meant. */
export type MediaByUri = ReadonlyMap<string, ReadMedia>;

/** `targetDuration` of the playlists of picture and sound in seconds: which runs of segments count as a peak. */
export function checkMultivariant(
  file: string,
  { variants, media }: MultivariantPlaylist,
  { byUri, targetDuration }: { byUri: MediaByUri; targetDuration: number },
): Finding[] {
  const comparisons = variants.flatMap(([attributes, uri]) => {
    const leading = byUri.get(uri);
    if (!leading) return [];
    const sounds = media
      .filter((each) => each.get('GROUP-ID') === attributes.get('AUDIO') && each.get('TYPE') === 'AUDIO')
      .flatMap((each) => byUri.get(each.get('URI') ?? '') ?? []);
    return variantComparisons(`The variant ${uri}`, attributes, { leading, sounds, targetDuration });
  });
  const groups = new Set(media.map((each) => each.get('GROUP-ID')));
  const named = variants.flatMap(([each]) => ['AUDIO', 'SUBTITLES'].flatMap((name) => each.get(name) ?? []));
  const whole: Comparison[] = [
    [variants.length > 0, 'It has no variant.'],
    ...named.map(
      (group): Comparison => [groups.has(group), `A variant names the group "${group}", which is not there.`],
    ),
  ];
  return [compare('format', { file }, comparisons), compare('files', { file }, whole)];
}

interface VariantMedia {
  readonly leading: ReadMedia;
  readonly sounds: readonly ReadMedia[];
  readonly targetDuration: number;
}

function variantComparisons(name: string, attributes: Attributes, media: VariantMedia): Comparison[] {
  const { leading, sounds, targetDuration } = media;
  const all = [leading, ...sounds];
  const peakRate = (each: ReadMedia): number => peakOf(each, targetDuration);
  // A variant of sound alone plays one member of its group, not its own playlist and another one.
  const peak = mostOf(sounds, peakRate) + (sounds.includes(leading) ? 0 : peakRate(leading));
  const claimed = Number(attributes.get('BANDWIDTH') ?? 0);
  const codecs = (attributes.get('CODECS') ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  const missing = all.find(({ track }) => track.codecs && !codecs.includes(track.codecs.toLowerCase()));
  const { picture } = leading.track;
  const size = picture && `${picture.width}x${picture.height}`;
  const resolution = attributes.get('RESOLUTION');
  return [
    // A bit for each representation that is rounded.
    [
      claimed + all.length >= peak,
      `${name} claims a BANDWIDTH of ${claimed}, its peak is ${Math.ceil(peak)}.`,
    ],
    [missing === undefined, `${name} has "${missing?.track.codecs}", which its CODECS do not name.`],
    ...(size && resolution
      ? [[size === resolution, `${name} claims ${resolution}, its pictures are ${size}.`] as const]
      : []),
  ];
}

function mostOf(media: readonly ReadMedia[], rateOf: (each: ReadMedia) => number): number {
  return Math.max(0, ...media.map(rateOf));
}

/** The dearest single segment that is long enough to count (RFC 8216 §4.1), a lower bound of the peak of all runs. */
function peakOf({ segments, track }: ReadMedia, targetDuration: number): number {
  const rates = segments
    .map(({ facts }) => ({
      bits: (facts.end - facts.first) * 8,
      seconds: facts.durationTicks / track.timescale,
    }))
    .filter(({ seconds }) => seconds >= 0.5 * targetDuration && seconds <= 1.5 * targetDuration)
    .map(({ bits, seconds }) => bits / seconds);
  return Math.max(0, ...rates);
}
