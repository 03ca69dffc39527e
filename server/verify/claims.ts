/** What an MPD claims, representation by representation: as our own player reads it, and the elements it was read from. */
import { segmentInformationOf } from '../../player/core/dash/addressing.ts';
import type { SegmentInformation } from '../../player/core/dash/addressing-context.ts';
import type { Chain } from '../../player/core/dash/attributes.ts';
import { resolveBaseUrls } from '../../player/core/dash/base-url.ts';
import { contentTypeOf } from '../../player/core/dash/content-type.ts';
import { createPeriodScope, type PeriodScope } from '../../player/core/dash/period-scope.ts';
import type {
  ContentType,
  Period,
  Presentation,
  Representation,
} from '../../player/core/dash/presentation.ts';
import { readMpd } from '../../player/core/dash/read-mpd.ts';
import { readRepresentation } from '../../player/core/dash/representation.ts';
import { isResolvedToZero } from '../../player/core/dash/xlink.ts';
import { readXml } from '../../player/core/dash/xml.ts';
import { childrenNamed, pathOf, type XmlElement } from '../../player/core/dash/xml-element.ts';

export interface Claims {
  readonly mpd: XmlElement;
  readonly presentation: Presentation;
  readonly periods: readonly ClaimedPeriod[];
  /** Why something that the MPD describes cannot be looked at. */
  readonly remarks: readonly string[];
}

export interface ClaimedPeriod {
  readonly element: XmlElement;
  readonly start: number;
  readonly end: number;
  readonly sets: readonly ClaimedSet[];
}

export interface ClaimedSet {
  readonly element: XmlElement;
  readonly contentType: ContentType;
  readonly representations: readonly Claim[];
}

/** One representation of one period. */
export interface Claim {
  /** `@id`; in a presentation of several periods with the period's in front, as `p1/v720`. */
  readonly id: string;
  readonly contentType: ContentType;
  readonly representation: Representation;
  /** Representation and AdaptationSet. */
  readonly levels: Chain;
  /** The Segment… element at all its levels, and its time line. */
  readonly information: SegmentInformation;
}

/** @throws StreamingError when the MPD cannot be played at all. */
export function readClaims(text: string, url: string): Claims {
  const presentation = readMpd(text, url);
  const mpd = readXml(text);
  const remarks: string[] = [];
  const elements = childrenNamed(mpd, 'Period').filter((element) => !isResolvedToZero(element));
  const baseUrls = resolveBaseUrls([url], mpd);
  const left = [...presentation.periods];
  const periods = elements.flatMap((element, i): ClaimedPeriod[] => {
    const period = left[0];
    if (!period || period.id !== (element.attributes.get('id') ?? String(i))) {
      remarks.push(`${pathOf(element)} has nothing that can be played.`);
      return [];
    }
    left.shift();
    const name = elements.length > 1 ? `${period.id}/` : '';
    return [readPeriod({ element, period, name, remarks, baseUrls: resolveBaseUrls(baseUrls, element) })];
  });
  return { mpd, presentation, periods, remarks };
}

interface PeriodReading {
  readonly element: XmlElement;
  readonly period: Period;
  /** Stands in front of the ids. */
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly remarks: string[];
}

function readPeriod(reading: PeriodReading): ClaimedPeriod {
  const { element, period } = reading;
  const end = period.start + period.duration;
  const scope = createPeriodScope({ start: period.start, end }, []);
  const sets = childrenNamed(element, 'AdaptationSet').flatMap((set) => readSet(set, reading, scope));
  return { element, start: period.start, end, sets };
}

function readSet(element: XmlElement, reading: PeriodReading, scope: PeriodScope): ClaimedSet[] {
  const elements = childrenNamed(element, 'Representation');
  const contentType = elements[0] && contentTypeOf([elements[0], element]);
  if (!contentType) {
    reading.remarks.push(`${pathOf(element)} holds nothing that is known.`);
    return [];
  }
  const context = {
    scope,
    levels: [element, reading.element],
    baseUrls: resolveBaseUrls(reading.baseUrls, element),
    contentType,
  };
  const representations = elements.flatMap((each): Claim[] => {
    try {
      const representation = readRepresentation(each, context);
      const information = segmentInformationOf([each, ...context.levels], scope.bounds);
      const id = `${reading.name}${representation.id}`;
      return [{ id, contentType, representation, levels: [each, element], information }];
    } catch (error) {
      reading.remarks.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  return [{ element, contentType, representations }];
}
