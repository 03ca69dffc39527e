/** Reads a Representation with what it inherits from its adaptation set (ISO/IEC 23009-1 §5.3.5, §5.3.7). */
import { readAddressing } from './addressing.ts';
import { attribute, type Chain, frameRate, wholeNumber } from './attributes.ts';
import { resolveBaseUrls } from './base-url.ts';
import { unknownEssential } from './essential-property.ts';
import type { ContentType, Representation } from './presentation.ts';
import type { PeriodBounds } from './segment-timing.ts';
import { invalid, unsupported, type XmlElement } from './xml-element.ts';

export interface RepresentationContext {
  /** The adaptation set and the period. */
  readonly levels: Chain;
  readonly bounds: PeriodBounds;
  /** Of the adaptation set. */
  readonly baseUrls: readonly string[];
  readonly contentType: ContentType;
}

/**
 * @throws StreamingError `mpd-unsupported` for what this player must leave out; `mpd-invalid` for what is missing.
 */
export function readRepresentation(element: XmlElement, context: RepresentationContext): Representation {
  const { bounds, contentType } = context;
  checkUsable(element);
  const levels = [element, ...context.levels];
  const common = levels.slice(0, 2);
  const id = attribute([element], 'id');
  if (id === undefined) throw invalid(element, 'has no @id.');
  const mimeType = attribute(common, 'mimeType');
  if (!mimeType) throw invalid(element, 'has no @mimeType, nor has its AdaptationSet.');
  const bandwidth = wholeNumber([element], 'bandwidth') ?? 0;
  const baseUrls = resolveBaseUrls(context.baseUrls, element);
  return {
    id,
    bandwidth,
    mimeType,
    codecs: (attribute(common, 'codecs') ?? '').trim(),
    ...present('width', wholeNumber(common, 'width')),
    ...present('height', wholeNumber(common, 'height')),
    ...present('frameRate', frameRate(common)),
    ...present('audioSamplingRate', samplingRate(common)),
    ...readAddressing(levels, { element, bounds, baseUrls, id, bandwidth, contentType, mimeType }),
  };
}

function checkUsable(element: XmlElement): void {
  const scheme = unknownEssential(element);
  if (scheme !== undefined)
    throw unsupported(element, `needs the property "${scheme}", unknown to this player.`);
  if (element.attributes.has('dependencyId')) {
    throw unsupported(element, 'is a layer on top of another representation (@dependencyId).');
  }
}

/** One number, or the range from lowest to highest, of which the highest counts. */
function samplingRate(chain: Chain): number | undefined {
  const rates = (attribute(chain, 'audioSamplingRate') ?? '').trim().split(/\s+/).map(Number);
  const rate = Math.max(...rates);
  return rate > 0 ? rate : undefined;
}

function present<K extends string>(key: K, value: number | undefined): { readonly [key in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: number });
}
