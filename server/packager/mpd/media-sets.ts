/** Adaptation sets of video and audio. The order of elements is the schema's. */
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Picture } from '../../../player/core/mp4/initialization.ts';
import type { MadePresentation, MediaSet } from '../made-presentation.ts';
import { decimalOf, formatRate, ratio } from '../ratio.ts';
import { addRepresentation } from './media-representation.ts';
import { addLabel, addRole } from './mpd-text.ts';
import { setIdOf } from './set-ids.ts';

export function addVideoSet(period: XMLBuilder, set: MediaSet, presentation: MadePresentation): void {
  const pictures = set.representations.flatMap(({ track }) =>
    track.media.kind === 'video' ? [track.media] : [],
  );
  const rate = set.representations[0]?.frameRate;
  const element = period.ele('AdaptationSet', {
    id: setIdOf(presentation, set),
    contentType: 'video',
    mimeType: 'video/mp4',
    ...(set.lang ? { lang: set.lang } : {}),
    ...commonShape(pictures),
    maxWidth: `${Math.max(...pictures.map((picture) => picture.width))}`,
    maxHeight: `${Math.max(...pictures.map((picture) => picture.height))}`,
    ...(rate ? { maxFrameRate: formatRate(rate) } : {}),
    ...alignment(set),
  });
  addSwitching(element, set, presentation);
  addRole(element, set.role);
  for (const made of set.representations) addRepresentation(element, made, presentation.minBufferTime);
}

export function addAudioSet(period: XMLBuilder, set: MediaSet, presentation: MadePresentation): void {
  const element = period.ele('AdaptationSet', {
    id: setIdOf(presentation, set),
    contentType: 'audio',
    mimeType: 'audio/mp4',
    ...(set.lang ? { lang: set.lang } : {}),
    ...alignment(set),
  });
  addLabel(element, set);
  addRole(element, set.role);
  for (const made of set.representations) addRepresentation(element, made, presentation.minBufferTime);
}

/** Segments begin with a random access point, at the same times in all representations of a set. */
function alignment({ representations }: MediaSet): Record<string, string> {
  return representations[0]?.stored.layout === 'files'
    ? { segmentAlignment: 'true', startWithSAP: '1' }
    : { subsegmentAlignment: 'true', subsegmentStartsWithSAP: '1' };
}

/**
 * The same film in another codec: a player may go on there at any segment (ISO/IEC 23009-1 §5.3.3.5). Not so for sound:
 * frames of other codecs are of other lengths, and so are the segments.
 */
function addSwitching(element: XMLBuilder, set: MediaSet, presentation: MadePresentation): void {
  const others = presentation.video.filter((other) => other !== set);
  if (others.length === 0) return;
  element.ele('SupplementalProperty', {
    schemeIdUri: 'urn:mpeg:dash:adaptation-set-switching:2016',
    value: others.map((other) => setIdOf(presentation, other)).join(','),
  });
}

/** `@par` is said only where it is true of every representation. */
function commonShape(pictures: readonly Picture[]): { par?: string } {
  const shapes = pictures.map(({ width, height }) => ratio(width, height));
  const [first] = shapes;
  if (!first || shapes.some((shape) => decimalOf(shape) !== decimalOf(first))) return {};
  return { par: `${first.numerator}:${first.denominator}` };
}
