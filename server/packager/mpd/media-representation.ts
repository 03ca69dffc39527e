/** One Representation of video or audio: what it is, and where its bytes are. */
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Picture, Sound } from '../../../player/core/mp4/initialization.ts';
import {
  type IndexedFile,
  type MadeRepresentation,
  ratesOf,
  type SegmentFiles,
} from '../made-representation.ts';
import { formatRate } from '../ratio.ts';
import { addTimeline } from './segment-timeline.ts';

export function addRepresentation(set: XMLBuilder, made: MadeRepresentation, minBufferTime: number): void {
  const { track, stored } = made;
  const { media } = track;
  const representation = set.ele('Representation', {
    id: made.id,
    codecs: track.codecs,
    bandwidth: `${ratesOf(made, minBufferTime).bandwidth}`,
    ...(media.kind === 'video'
      ? pictureAttributes(media, made)
      : { audioSamplingRate: `${media.samplingRate}` }),
  });
  if (media.kind === 'audio') addChannels(representation, media);
  if (stored.layout === 'indexed') addIndexedFile(representation, made, stored);
  else addSegmentFiles(representation, made, stored);
}

function pictureAttributes(picture: Picture, { frameRate }: MadeRepresentation): Record<string, string> {
  return {
    width: `${picture.width}`,
    height: `${picture.height}`,
    ...(frameRate ? { frameRate: formatRate(frameRate) } : {}),
    sar: '1:1',
  };
}

/** ChannelConfiguration of ISO/IEC 23091-3 table 10 by number of channels: up to 5.1 it is the number itself. */
const CHANNEL_CONFIGURATIONS: Readonly<Record<number, number>> = { 7: 11, 8: 12 };

function addChannels(representation: XMLBuilder, { channels }: Sound): void {
  representation.ele('AudioChannelConfiguration', {
    schemeIdUri: 'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
    value: `${CHANNEL_CONFIGURATIONS[channels] ?? channels}`,
  });
}

/** One request for all that the first picture or sound needs: initialization, index and first segment. */
const START_SCHEME = 'urn:weir:start:2026';

function addIndexedFile(representation: XMLBuilder, made: MadeRepresentation, stored: IndexedFile): void {
  const { initializationBytes, indexBytes } = stored;
  const start = initializationBytes + indexBytes + (made.segments[0]?.bytes ?? 0);
  representation.ele('SupplementalProperty', { schemeIdUri: START_SCHEME, value: `0-${start - 1}` });
  representation.ele('BaseURL').txt(stored.file);
  representation
    .ele('SegmentBase', {
      ...clockAttributes(made),
      indexRange: `${initializationBytes}-${initializationBytes + indexBytes - 1}`,
      indexRangeExact: 'true',
    })
    .ele('Initialization', { range: `0-${initializationBytes - 1}` });
}

function addSegmentFiles(
  representation: XMLBuilder,
  made: MadeRepresentation,
  { folder }: SegmentFiles,
): void {
  const template = representation.ele('SegmentTemplate', {
    ...clockAttributes(made),
    startNumber: '1',
    initialization: `${folder}/init.mp4`,
    media: `${folder}/$Number$.m4s`,
  });
  addTimeline(template, made.segments);
}

/** The offset skips what the encoder put in front of the first sample that is meant to be heard or seen. */
function clockAttributes({ track }: MadeRepresentation): Record<string, string> {
  return {
    timescale: `${track.timescale}`,
    ...(track.skipTicks > 0 ? { presentationTimeOffset: `${track.skipTicks}` } : {}),
  };
}
