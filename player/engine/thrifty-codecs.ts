/** Finds out which of several video codecs this device decodes at little cost, so that the one needing fewest bits can be taken. */
import type { Presentation, Representation } from '../core/dash/presentation.ts';
import type { CodedPicture } from '../screen/thrifty-decoding.ts';
import { mediaType } from './playable.ts';
import { familyOf } from './prefer-sets.ts';

/** Frames per second that are assumed where the MPD says nothing. */
const USUAL_FRAME_RATE = 30;

/** Families as `familyOf` names them; none when there is no choice to be made: then nobody is asked. */
export async function findThriftyCodecs(
  { periods }: Pick<Presentation, 'periods'>,
  canPlay: (type: string) => boolean,
  isThrifty: (picture: CodedPicture) => Promise<boolean>,
): Promise<ReadonlySet<string>> {
  const dearest = new Map<string, Representation>();
  for (const set of periods.flatMap(({ adaptationSets }) => adaptationSets)) {
    if (set.contentType !== 'video') continue;
    const family = familyOf(set);
    const playable = set.representations.filter((each) => canPlay(mediaType(each)));
    for (const each of playable) {
      const known = dearest.get(family);
      if (!known || isDearer(each, known)) dearest.set(family, each);
    }
  }
  if (dearest.size < 2) return new Set();
  const answers = await Promise.all(
    [...dearest].map(async ([family, representation]) => {
      const picture = pictureOf(representation);
      return picture && (await isThrifty(picture)) ? [family] : [];
    }),
  );
  return new Set(answers.flat());
}

function isDearer(a: Representation, b: Representation): boolean {
  const pixels = ({ width = 0, height = 0 }: Representation): number => width * height;
  return pixels(a) > pixels(b) || (pixels(a) === pixels(b) && a.bandwidth > b.bandwidth);
}

function pictureOf(representation: Representation): CodedPicture | undefined {
  const { width, height, bandwidth, frameRate = USUAL_FRAME_RATE } = representation;
  if (!width || !height || !bandwidth) return undefined;
  return { type: mediaType(representation), width, height, frameRate, bandwidth };
}
