/** Adaptation sets of one representation, for tests of what chooses among them. */
import type { AdaptationSet, ContentType, Representation } from '../core/dash/presentation.ts';

const NOTHING = { count: 0, at: () => undefined, positionAt: () => 0 };

/** `more` are fields of the set, or of its one representation. */
export function adaptationSet(
  id: string,
  contentType: ContentType,
  codecs: string,
  more: Partial<AdaptationSet> & Partial<Pick<Representation, 'width' | 'height' | 'channels'>> = {},
): AdaptationSet {
  const { width, height, channels, ...rest } = more;
  const representation: Representation = {
    id: `${id}-1`,
    bandwidth: 1e6,
    mimeType: `${contentType}/mp4`,
    codecs,
    addressing: { kind: 'list', segments: NOTHING },
    timestampOffset: 0,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(channels === undefined ? {} : { channels }),
  };
  return {
    id,
    contentType,
    lang: '',
    label: '',
    roles: [],
    protection: [],
    representations: [representation],
    ...rest,
  };
}
