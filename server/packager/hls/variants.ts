/** Which pictures go with which sounds, as the variants of a Multivariant Playlist. */
import { averageOf } from '../bandwidth.ts';
import type { MadePresentation } from '../made-presentation.ts';
import { type MadeRepresentation, sizedSegments } from '../made-representation.ts';
import type { SoundGroup } from './sound-groups.ts';

export interface Variant {
  /** What the variant's own playlist plays: a picture, or the sound of a title without any. */
  readonly leading: MadeRepresentation;
  readonly sound?: SoundGroup;
}

/** Of the picture's rate what the sound may have, so that little is not spent on what matters less. */
const SOUND_SHARE = 0.25;

/** Bits per second: players begin with the first variant, which most lines should carry. */
const START_RATE = 2_000_000;

/** In the order of the ladder, but for the one to begin with. */
export function chooseVariants(
  { video }: Pick<MadePresentation, 'video'>,
  groups: readonly SoundGroup[],
): Variant[] {
  const pictures = video.flatMap((set) => set.representations);
  if (pictures.length === 0) return groups.map(withoutPicture);
  const variants = pictures.flatMap((leading) => {
    const sounds = soundsFor(leading, groups);
    return sounds.length > 0 ? sounds.map((sound) => ({ leading, sound })) : [{ leading }];
  });
  const start = variants.find(({ leading }) => rateOf(leading) <= START_RATE);
  return start ? [start, ...variants.filter((variant) => variant !== start)] : variants.reverse();
}

function withoutPicture(sound: SoundGroup): Variant {
  const [member] = sound.members;
  if (!member) throw new Error(`The group "${sound.id}" is empty.`);
  return { leading: member.representation, sound };
}

/** One group of each way of coding: the best that is not too dear for the picture, else the last. */
function soundsFor(picture: MadeRepresentation, groups: readonly SoundGroup[]): SoundGroup[] {
  const suited = groups.filter((group) => isSuited(picture, group));
  const codings = new Set(suited.map(codingOf));
  const most = SOUND_SHARE * rateOf(picture);
  return [...codings].flatMap((coding) => {
    const levels = suited.filter((group) => codingOf(group) === coding);
    const affordable = levels.find(({ members }) =>
      members.every(({ representation }) => rateOf(representation) <= most),
    );
    return affordable ?? levels.at(-1) ?? [];
  });
}

/** Opus goes with the codecs of its own family: what plays those plays it. */
function isSuited({ track }: MadeRepresentation, { codec }: SoundGroup): boolean {
  return codec.toLowerCase() !== 'opus' || /^(vp09|av01)/.test(track.codecs);
}

function codingOf({ codec, channels }: SoundGroup): string {
  return `${codec}-${channels}`;
}

function rateOf(made: MadeRepresentation): number {
  return averageOf(sizedSegments(made));
}
