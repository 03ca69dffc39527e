/** MPDs in pieces, and what is read from them, for the tests of this room. */
import { StreamingError } from '../errors.ts';
import type { Presentation, Representation, SegmentList } from './presentation.ts';
import { readMpd } from './read-mpd.ts';

export const URL_OF_MPD = 'https://a.test/dir/m.mpd';
/** A presentation in `https://a.test/dir/`, 8 s long unless the attributes say otherwise. */
export const read = (body: string, attributes = 'mediaPresentationDuration="PT8S"') =>
  readMpd(`<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${attributes}>${body}</MPD>`, URL_OF_MPD);

export const TEMPLATE =
  '<SegmentTemplate media="$RepresentationID$-$Number$.m4s" initialization="$RepresentationID$.mp4" duration="2"/>';
export const set = (inner: string, attributes = '') =>
  `<AdaptationSet mimeType="video/mp4" ${attributes}>${inner}</AdaptationSet>`;
export const rep = (id: string, inner = '', attributes = '') =>
  `<Representation id="${id}" bandwidth="1000" ${attributes}>${inner}</Representation>`;
/** An adaptation set of one representation in segments of two seconds. */
export const simple = set(TEMPLATE + rep('v'));
/** One period with one set. */
export const one = (inner: string) => `<Period>${set(inner)}</Period>`;

/** What `make` throws, which must be a StreamingError. */
export function faultOf(make: () => unknown): StreamingError {
  try {
    make();
  } catch (error) {
    if (error instanceof StreamingError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

export function representations(presentation: Presentation): Representation[] {
  return presentation.periods.flatMap((period) =>
    period.adaptationSets.flatMap((each) => each.representations),
  );
}

export function onlyOne(presentation: Presentation): Representation {
  const [only, ...others] = representations(presentation);
  if (!only || others.length > 0) throw new Error('There is not exactly one representation.');
  return only;
}

export function listOf({ addressing }: Representation): SegmentList {
  if (addressing.kind !== 'list') throw new Error('It has an index, not a list.');
  return addressing.segments;
}

/** URL (relative to the MPD's folder), start, duration and range of each segment. */
export function segmentsOf(representation: Representation) {
  const list = listOf(representation);
  return Array.from({ length: list.count }, (_, position) => {
    const { urls, start = Number.NaN, duration = Number.NaN, range } = list.at(position) ?? {};
    return [urls?.[0]?.replace('https://a.test/dir/', ''), start, duration, ...(range ? [range] : [])];
  });
}
