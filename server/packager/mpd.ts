/** Writes the MPD (ISO/IEC 23009-1, on-demand profile) from what the finished files say, never from what was asked for. */
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Picture, Sound } from '../../player/core/mp4/initialization.ts';
import { languageName } from './language-tag.ts';
import type { MadePresentation, MediaSet } from './made-presentation.ts';
import { type MadeRepresentation, ratesOf } from './made-representation.ts';
import { decimalOf, formatRate, ratio } from './ratio.ts';

const PROFILES = ['urn:mpeg:dash:profile:isoff-on-demand:2011', 'urn:mpeg:dash:profile:cmaf:2019'];

/** The document as text; `version` is the folder of the media beside it. */
export function writeMpd(presentation: MadePresentation, version: string): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const mpd = document.ele('urn:mpeg:dash:schema:mpd:2011', 'MPD', {
    profiles: PROFILES.join(','),
    type: 'static',
    mediaPresentationDuration: duration(presentation.duration),
    maxSubsegmentDuration: duration(presentation.minBufferTime),
    minBufferTime: duration(presentation.minBufferTime),
  });
  mpd.ele('ProgramInformation').ele('Title').txt(withoutControls(presentation.title));
  mpd.ele('BaseURL').txt(`${version}/`);
  const period = mpd.ele('Period', { id: '0', start: 'PT0S' });
  for (const set of presentation.video) addVideo(period, set, presentation);
  for (const set of presentation.audio) addAudio(period, set, presentation);
  for (const [i, element] of period.toArray().entries()) element.att('id', `${i}`);
  return `${document.end({ prettyPrint: true })}\n`;
}

/** Attributes that both kinds of set share: segments begin with an IDR picture, at the same times in all of a set. */
const ALIGNED = { subsegmentAlignment: 'true', subsegmentStartsWithSAP: '1' };

function addVideo(period: XMLBuilder, set: MediaSet, presentation: MadePresentation): void {
  const pictures = set.representations.flatMap((made) =>
    made.track.media.kind === 'video' ? [made.track.media] : [],
  );
  const rate = set.representations[0]?.frameRate;
  const element = period.ele('AdaptationSet', {
    contentType: 'video',
    mimeType: 'video/mp4',
    ...commonShape(pictures),
    maxWidth: `${Math.max(...pictures.map((picture) => picture.width))}`,
    maxHeight: `${Math.max(...pictures.map((picture) => picture.height))}`,
    ...(rate ? { maxFrameRate: formatRate(rate) } : {}),
    ...ALIGNED,
  });
  addRole(element, set.role);
  for (const made of set.representations) addRepresentation(element, made, presentation);
}

function addAudio(period: XMLBuilder, set: MediaSet, presentation: MadePresentation): void {
  const element = period.ele('AdaptationSet', {
    contentType: 'audio',
    mimeType: 'audio/mp4',
    ...(set.lang ? { lang: set.lang } : {}),
    ...ALIGNED,
  });
  const label = set.label ?? (set.lang ? languageName(set.lang) : '');
  if (label) element.ele('Label').txt(withoutControls(label));
  addRole(element, set.role);
  for (const made of set.representations) addRepresentation(element, made, presentation);
}

function addRole(set: XMLBuilder, value: string): void {
  set.ele('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value });
}

function addRepresentation(set: XMLBuilder, made: MadeRepresentation, presentation: MadePresentation): void {
  const { track, stored } = made;
  if (stored.layout !== 'indexed') throw new Error(`"${made.id}" has no segment index.`);
  const representation = set.ele('Representation', {
    id: made.id,
    codecs: track.codecs,
    bandwidth: `${ratesOf(made, presentation.minBufferTime).bandwidth}`,
    ...(track.media.kind === 'video' ? pictureAttributes(track.media, made) : soundAttributes(track.media)),
  });
  if (track.media.kind === 'audio') {
    representation.ele('AudioChannelConfiguration', {
      schemeIdUri: 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
      value: `${track.media.channels}`,
    });
  }
  representation.ele('BaseURL').txt(stored.file);
  const indexStart = stored.initializationBytes;
  representation
    .ele('SegmentBase', {
      timescale: `${track.timescale}`,
      ...(track.skipTicks > 0 ? { presentationTimeOffset: `${track.skipTicks}` } : {}),
      indexRange: `${indexStart}-${indexStart + stored.indexBytes - 1}`,
      indexRangeExact: 'true',
    })
    .ele('Initialization', { range: `0-${indexStart - 1}` });
}

function pictureAttributes(picture: Picture, { frameRate }: MadeRepresentation): Record<string, string> {
  return {
    width: `${picture.width}`,
    height: `${picture.height}`,
    ...(frameRate ? { frameRate: formatRate(frameRate) } : {}),
    sar: '1:1',
  };
}

function soundAttributes(sound: Sound): Record<string, string> {
  return { audioSamplingRate: `${sound.samplingRate}` };
}

/** `@par` is said only where it is true of every representation. */
function commonShape(pictures: readonly Picture[]): { par?: string } {
  const shapes = pictures.map(({ width, height }) => ratio(width, height));
  const [first] = shapes;
  if (!first || shapes.some((shape) => decimalOf(shape) !== decimalOf(first))) return {};
  return { par: `${first.numerator}:${first.denominator}` };
}

/** `xs:duration` in seconds, to the microsecond. */
function duration(seconds: number): string {
  return `PT${Number(seconds.toFixed(6))}S`;
}

/** XML 1.0 has no way to write control characters. */
function withoutControls(text: string): string {
  return text.replace(/\p{Control}/gu, ' ');
}
