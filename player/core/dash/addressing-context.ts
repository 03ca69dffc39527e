/** What every addressing mode is told about a representation, and what it answers. */
import type { Chain } from './attributes.ts';
import type { PeriodScope } from './period-scope.ts';
import type { Addressing, ContentType, Resource } from './presentation.ts';
import type { TimeLine } from './segment-timing.ts';
import type { XmlElement } from './xml-element.ts';

export interface AddressingContext {
  /** The Representation. */
  readonly element: XmlElement;
  readonly scope: PeriodScope;
  /** Alternatives in order of preference; the MPD's own URL when there is no BaseURL. */
  readonly baseUrls: readonly string[];
  /** As the MPD writes it. */
  readonly id: string;
  readonly bandwidth: number;
  readonly contentType: ContentType;
  readonly mimeType: string;
}

/** The mode's element at all its levels, innermost first, and its time line. */
export interface SegmentInformation {
  /** Empty when a BaseURL alone locates the media. */
  readonly chain: Chain;
  readonly line: TimeLine;
}

export interface Located {
  readonly initialization?: Resource;
  readonly addressing: Addressing;
}
