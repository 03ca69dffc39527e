/** Writes the MPD (ISO/IEC 23009-1) from what the finished files say, never from what was asked for. */
import { create } from 'xmlbuilder2';
import { type MadePresentation, representationsOf } from '../made-presentation.ts';
import { longestSegment } from '../made-representation.ts';
import { addAudioSet, addVideoSet } from './media-sets.ts';
import { durationText, plainText } from './mpd-text.ts';
import { addTextSet, addThumbnailSet } from './sidecar-sets.ts';

const CMAF_PROFILE = 'urn:mpeg:dash:profile:cmaf:2019';
const PROFILES = {
  indexed: ['urn:mpeg:dash:profile:isoff-on-demand:2011', CMAF_PROFILE],
  files: ['urn:mpeg:dash:profile:isoff-live:2011', CMAF_PROFILE],
};

/** The document as text; `version` is the folder of the media beside it. */
export function writeMpd(presentation: MadePresentation, version: string): string {
  const made = representationsOf(presentation);
  const layout = made[0]?.stored.layout ?? 'indexed';
  const longest = durationText(longestSegment(made));
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const mpd = document.ele('urn:mpeg:dash:schema:mpd:2011', 'MPD', {
    profiles: PROFILES[layout].join(','),
    type: 'static',
    mediaPresentationDuration: durationText(presentation.duration),
    ...(layout === 'files' ? { maxSegmentDuration: longest } : { maxSubsegmentDuration: longest }),
    minBufferTime: durationText(presentation.minBufferTime),
  });
  mpd.ele('ProgramInformation').ele('Title').txt(plainText(presentation.title));
  mpd.ele('BaseURL').txt(`${version}/`);
  const period = mpd.ele('Period', { id: '0', start: 'PT0S' });
  for (const set of presentation.video) addVideoSet(period, set, presentation);
  for (const set of presentation.audio) addAudioSet(period, set, presentation);
  for (const set of presentation.text) addTextSet(period, set, presentation);
  if (presentation.thumbnails) addThumbnailSet(period, presentation.thumbnails, presentation);
  return `${document.end({ prettyPrint: true })}\n`;
}
