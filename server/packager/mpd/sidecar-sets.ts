/** Adaptation sets of what stands beside the media: captions in one file, thumbnails in grids. */
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { MadePresentation, TextSet, ThumbnailSet } from '../made-presentation.ts';
import { addLabel, addRole } from './mpd-text.ts';
import { setIdOf } from './set-ids.ts';

/** One WebVTT file for the whole period, without a segment index (§5.3.9.2.1, the single segment of a BaseURL). */
export function addTextSet(period: XMLBuilder, set: TextSet, presentation: MadePresentation): void {
  const element = period.ele('AdaptationSet', {
    id: setIdOf(presentation, set),
    contentType: 'text',
    mimeType: 'text/vtt',
    ...(set.lang ? { lang: set.lang } : {}),
  });
  addLabel(element, set);
  addRole(element, set.role);
  if (set.isForced) addRole(element, 'forced-subtitle');
  const bandwidth = `${Math.ceil((set.bytes * 8) / presentation.duration)}`;
  element.ele('Representation', { id: set.id, bandwidth }).ele('BaseURL').txt(set.file);
}

const TILE_SCHEME = 'http://dashif.org/guidelines/thumbnail_tile';

/** DASH-IF IOP 4.3 §6.2.6: a segment is a grid; `@width` and `@height` are those of the whole grid. */
export function addThumbnailSet(period: XMLBuilder, set: ThumbnailSet, presentation: MadePresentation): void {
  const { columns, rows } = set;
  const seconds = columns * rows * set.interval;
  const { timescale, ticks } = wholeTicks(seconds);
  const element = period.ele('AdaptationSet', {
    id: setIdOf(presentation, set),
    contentType: 'image',
    mimeType: 'image/jpeg',
  });
  const representation = element.ele('Representation', {
    id: set.id,
    bandwidth: `${Math.ceil((Math.max(...set.bytes) * 8) / seconds)}`,
    width: `${columns * set.width}`,
    height: `${rows * set.height}`,
  });
  representation.ele('EssentialProperty', { schemeIdUri: TILE_SCHEME, value: `${columns}x${rows}` });
  representation.ele('SegmentTemplate', {
    timescale: `${timescale}`,
    duration: `${ticks}`,
    startNumber: '1',
    media: `${set.folder}/$Number$.jpg`,
  });
}

/** Clocks on which multiples of a frame at the usual rates are whole; the last one is fine enough for any other. */
const TIMESCALES = [1, 1000, 24_000, 30_000, 60_000, 90_000, 1_000_000];
const MICROSECONDS = 1_000_000;

function wholeTicks(seconds: number): { timescale: number; ticks: number } {
  const isWhole = (timescale: number) =>
    Math.abs(seconds * timescale - Math.round(seconds * timescale)) < 1e-6;
  const timescale = TIMESCALES.find(isWhole) ?? MICROSECONDS;
  return { timescale, ticks: Math.round(seconds * timescale) };
}
