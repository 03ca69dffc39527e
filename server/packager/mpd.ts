/** Writes the MPD (ISO/IEC 23009-1, on-demand profile) from what the finished files say, never from what was asked for. */
import { basename } from 'node:path';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Picture, Sound } from '../../player/core/mp4/initialization.ts';
import { languageName } from './language-tag.ts';
import { endOf, longestSegment, type MadeRepresentation, ratesOf } from './made-representation.ts';
import { decimalOf, formatRate, ratio } from './ratio.ts';

const PROFILES = ['urn:mpeg:dash:profile:isoff-on-demand:2011', 'urn:mpeg:dash:profile:cmaf:2019'];

export interface MadePresentation {
  /** For people. */
  readonly title: string;
  /** Seconds. */
  readonly duration: number;
  /** Seconds a client buffers before it plays; `@bandwidth` is a promise under this condition. */
  readonly minBufferTime: number;
  /** All of one shape and clock; largest first. Empty for a title without a picture. */
  readonly video: readonly MadeRepresentation[];
  /** One for each language, the main one first. */
  readonly audio: readonly MadeRepresentation[];
}

/** The facts of a presentation that follow from its representations, of which there is at least one. */
export function describePresentation(
  title: string,
  { video, audio }: Pick<MadePresentation, 'video' | 'audio'>,
): MadePresentation {
  const leading = video.length > 0 ? video : audio;
  return {
    title,
    video,
    audio,
    duration: endOfAll(leading, audio),
    minBufferTime: longestSegment([...video, ...audio]),
  };
}

/** Sound that goes on this much longer than the picture is worth waiting for; less is the grid of its frames. */
const WORTH_HEARING = 0.5;

function endOfAll(leading: readonly MadeRepresentation[], audio: readonly MadeRepresentation[]): number {
  const end = Math.max(...leading.map(endOf));
  return Math.max(end, ...audio.map(endOf).filter((soundEnd) => soundEnd > end + WORTH_HEARING));
}

/** The document as text. */
export function writeMpd(presentation: MadePresentation): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const mpd = document.ele('urn:mpeg:dash:schema:mpd:2011', 'MPD', {
    profiles: PROFILES.join(','),
    type: 'static',
    mediaPresentationDuration: duration(presentation.duration),
    maxSubsegmentDuration: duration(presentation.minBufferTime),
    minBufferTime: duration(presentation.minBufferTime),
  });
  mpd.ele('ProgramInformation').ele('Title').txt(withoutControls(presentation.title));
  const period = mpd.ele('Period', { id: '0', start: 'PT0S' });
  if (presentation.video.length > 0) addVideo(period, presentation);
  for (const [i, made] of presentation.audio.entries()) addAudio(period, made, { id: i + 1, presentation });
  return `${document.end({ prettyPrint: true })}\n`;
}

/** Attributes that both kinds of set share: segments begin with an IDR picture, at the same times in all of a set. */
const ALIGNED = { subsegmentAlignment: 'true', subsegmentStartsWithSAP: '1' };

function addVideo(period: XMLBuilder, presentation: MadePresentation): void {
  const pictures = presentation.video.flatMap((made) =>
    made.track.media.kind === 'video' ? [made.track.media] : [],
  );
  const rate = presentation.video[0]?.frameRate;
  const set = period.ele('AdaptationSet', {
    id: '0',
    contentType: 'video',
    mimeType: 'video/mp4',
    ...commonShape(pictures),
    maxWidth: `${Math.max(...pictures.map((picture) => picture.width))}`,
    maxHeight: `${Math.max(...pictures.map((picture) => picture.height))}`,
    ...(rate ? { maxFrameRate: formatRate(rate) } : {}),
    ...ALIGNED,
  });
  addRole(set, 'main');
  for (const made of presentation.video) addRepresentation(set, made, presentation);
}

function addAudio(
  period: XMLBuilder,
  made: MadeRepresentation,
  { id, presentation }: { id: number; presentation: MadePresentation },
): void {
  const set = period.ele('AdaptationSet', {
    id: `${id}`,
    contentType: 'audio',
    mimeType: 'audio/mp4',
    ...(made.lang ? { lang: made.lang } : {}),
    ...ALIGNED,
  });
  if (made.lang) set.ele('Label').txt(languageName(made.lang));
  addRole(set, made === presentation.audio[0] ? 'main' : 'alternate');
  addRepresentation(set, made, presentation);
}

function addRole(set: XMLBuilder, value: string): void {
  set.ele('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value });
}

function addRepresentation(set: XMLBuilder, made: MadeRepresentation, presentation: MadePresentation): void {
  const { track, file } = made;
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
  representation.ele('BaseURL').txt(basename(file.file));
  const indexStart = file.initializationBytes;
  representation
    .ele('SegmentBase', {
      timescale: `${track.timescale}`,
      ...(track.skipTicks > 0 ? { presentationTimeOffset: `${track.skipTicks}` } : {}),
      indexRange: `${indexStart}-${indexStart + file.indexBytes - 1}`,
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
