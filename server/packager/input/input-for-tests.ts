/** Inputs for tests that look at a few of their properties: everything else is that of a tidy film. */

import { ratio } from '../ratio.ts';
import type { AudioStream, Colour, InputInfo, VideoStream } from './input-info.ts';

export const TIDY_COLOUR: Colour = {
  matrix: 'bt709',
  primaries: 'bt709',
  transfer: 'bt709',
  isFullRange: false,
  isRgb: false,
  hasAlpha: false,
  hasOddSides: false,
};

/** 10 s of 1280×720 at 24 frames a second. */
export function videoStream(changes: Partial<VideoStream> = {}): VideoStream {
  return {
    index: 0,
    codec: 'h264',
    display: { width: 1280, height: 720 },
    isSquare: true,
    frameRate: ratio(24, 1),
    isInterlaced: false,
    colour: TIDY_COLOUR,
    end: 10,
    ...changes,
  };
}

/** 10 s of stereo in an unknown language. */
export function audioStream(changes: Partial<AudioStream> = {}): AudioStream {
  return { index: 1, codec: 'aac', lang: '', dispositions: [], channels: 2, end: 10, ...changes };
}

/** A film of 10 s with the streams above. */
export function inputInfo(changes: Partial<InputInfo> = {}): InputInfo {
  return {
    file: '/films/film.mp4',
    name: 'film.mp4',
    bytes: 1_000_000,
    modifiedMs: 0,
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    duration: 10,
    isDurationStated: true,
    start: 0,
    video: videoStream(),
    audio: [audioStream()],
    subtitles: [],
    chapters: [],
    tags: {},
    notices: [],
    ...changes,
  };
}
