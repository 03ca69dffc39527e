/**
 * The presentation model of ISO/IEC 23009-1: Presentation > Period > AdaptationSet > Representation > segment.
 * All times are seconds on the presentation's own time line, all rates bits per second, all URLs absolute.
 */

/** Inclusive byte positions, as in `Range: bytes=first-last`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Bytes at a URL; the whole resource when `range` is absent. `urls` are alternatives in order of preference. */
export interface Resource {
  readonly urls: readonly string[];
  readonly range?: ByteRange;
}

export interface Segment extends Resource {
  /** Start on the presentation's time line; may lie a little before its period's start. */
  readonly start: number;
  readonly duration: number;
  /** Bytes, when the segment index or a media range tells. */
  readonly size?: number;
}

/** The segments of one representation in time order. Lazily computed: a list of a million segments costs nothing. */
export interface SegmentList {
  readonly count: number;
  /** `undefined` outside 0 … count − 1. */
  at(position: number): Segment | undefined;
  /**
   * Position of the segment that covers `time`; the next one if `time` falls in a gap, 0 before the first, and
   * `count` at or after the end of the last.
   */
  positionAt(time: number): number;
}

/**
 * How a representation's segments are found (ISO/IEC 23009-1 §5.3.9).
 *
 * A BaseURL without any Segment element: pictures and text outside MP4 (WebVTT, TTML) are a list of one segment, as long
 * as the period; everything else is looked into for an index, like a SegmentBase that is silent about it.
 */
export type Addressing =
  /** SegmentTemplate, SegmentList or a single file of text or pictures: known from the MPD alone. */
  | { readonly kind: 'list'; readonly segments: SegmentList }
  /** SegmentBase: a `sidx` in `index` tells; `segmentsFromIndex` reads it and says which bytes it needs for that. */
  | {
      readonly kind: 'index';
      /** `range` absent: the MPD does not say where, so the index is looked for from the file's first byte on. */
      readonly index: Resource;
      /** The whole file that holds the segments. */
      readonly media: Resource;
      /** Seconds on the media's own time line that fall on the period's start; already in `timestampOffset`. */
      readonly presentationTimeOffset: number;
    };

export type ContentType = 'video' | 'audio' | 'text' | 'image';

export interface Representation {
  /** Unique in its period: a copy gets `~2` behind it. */
  readonly id: string;
  /** 0 when the MPD says none. */
  readonly bandwidth: number;
  readonly mimeType: string;
  /** RFC 6381, as in the MPD; empty when the MPD says none. */
  readonly codecs: string;
  readonly width?: number;
  readonly height?: number;
  /** Frames per second. */
  readonly frameRate?: number;
  /** Hz. */
  readonly audioSamplingRate?: number;
  /** Of audio, as far as the MPD says. */
  readonly channels?: number;
  /** Absent for self-initializing segments and sidecar text, and where only `segmentsFromIndex` finds it. */
  readonly initialization?: Resource;
  readonly addressing: Addressing;
  /** Seconds to add to the media's own time stamps to land on the presentation's time line (SourceBuffer.timestampOffset). */
  readonly timestampOffset: number;
}

export interface AdaptationSet {
  /** Unique in its period: a copy gets `~2` behind it; made from the position when the MPD gives none. */
  readonly id: string;
  readonly contentType: ContentType;
  /** BCP 47; empty when the MPD says none. */
  readonly lang: string;
  readonly label: string;
  /** Values of Role descriptors of scheme `urn:mpeg:dash:role:2011`. */
  readonly roles: readonly string[];
  /** Protected content: scheme URIs of ContentProtection descriptors. */
  readonly protection: readonly string[];
  /** By ascending bandwidth; at least one. */
  readonly representations: readonly Representation[];
}

export interface Period {
  readonly id: string;
  readonly start: number;
  readonly duration: number;
  readonly adaptationSets: readonly AdaptationSet[];
}

export interface Presentation {
  readonly duration: number;
  readonly minBufferTime: number;
  readonly periods: readonly Period[];
}
