/** Reads a Representation with what it inherits from its adaptation set (ISO/IEC 23009-1 §5.3.5, §5.3.7). */
import { readAddressing } from './addressing.ts';
import { attribute, type Chain, frameRate, wholeNumber } from './attributes.ts';
import { audioChannels } from './audio-channels.ts';
import { resolveBaseUrls } from './base-url.ts';
import { checkEssentials } from './essential-property.ts';
import type { PeriodScope } from './period-scope.ts';
import type { ContentType, Representation } from './presentation.ts';
import { invalid, unsupported, type XmlElement } from './xml-element.ts';

/** What its adaptation set tells a representation. */
export interface SetContext {
  readonly scope: PeriodScope;
  /** The adaptation set and the period. */
  readonly levels: Chain;
  readonly baseUrls: readonly string[];
  readonly contentType: ContentType;
}

/**
 * Its id is still as written, and need not be unique.
 * @throws StreamingError `mpd-unsupported` for what this player must leave out; `mpd-invalid` for what is missing.
 */
export function readRepresentation(element: XmlElement, set: SetContext): Representation {
  checkEssentials(element);
  if (element.attributes.has('dependencyId')) {
    throw unsupported(element, 'is a layer on top of another representation (@dependencyId).');
  }
  const levels = [element, ...set.levels];
  const common = levels.slice(0, 2);
  const id = element.attributes.get('id');
  if (id === undefined) throw invalid(element, 'has no @id.');
  const mimeType = attribute(common, 'mimeType');
  if (!mimeType) throw invalid(element, 'has no @mimeType, nor has its AdaptationSet.');
  const bandwidth = wholeNumber([element], 'bandwidth') ?? 0;
  const baseUrls = resolveBaseUrls(set.baseUrls, element);
  return {
    id,
    bandwidth,
    mimeType,
    codecs: (attribute(common, 'codecs') ?? '').trim(),
    ...present('width', wholeNumber(common, 'width')),
    ...present('height', wholeNumber(common, 'height')),
    ...present('frameRate', frameRate(common)),
    ...present('audioSamplingRate', samplingRate(common)),
    ...present('channels', audioChannels(common)),
    ...readAddressing(levels, { ...set, element, baseUrls, id, bandwidth, mimeType }),
  };
}

/** One number, or the range from lowest to highest, of which the highest counts. */
function samplingRate(chain: Chain): number | undefined {
  const rate = Number(attribute(chain, 'audioSamplingRate')?.trim().split(/\s+/).at(-1));
  return rate > 0 ? rate : undefined;
}

function present<K extends string>(key: K, value: number | undefined): { readonly [key in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: number });
}
