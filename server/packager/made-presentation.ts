/** The finished presentation as data: what the MPD, the playlists, `title.json` and the report are all written from. */
import { endOf, longestSegment, type MadeRepresentation } from './made-representation.ts';

export interface MadePresentation {
  /** For people. */
  readonly title: string;
  /** Seconds. */
  readonly duration: number;
  /** Seconds a client buffers before it plays; `@bandwidth` is a promise under this condition. */
  readonly minBufferTime: number;
  /** One set for each codec, the one that plays everywhere first. Empty for a title without a picture. */
  readonly video: readonly MediaSet[];
  /** One set for each language, channel configuration and codec; the main one first. */
  readonly audio: readonly MediaSet[];
  readonly text: readonly TextSet[];
  readonly thumbnails?: ThumbnailSet;
  /** Name inside the version's folder of the chapters' WebVTT file. */
  readonly chapters?: string;
}

/** Representations that a player may switch between: one codec, one content; largest first. At least one. */
export interface MediaSet {
  /** BCP 47, empty when unknown. */
  readonly lang: string;
  /** For people; made of the language when absent. */
  readonly label?: string;
  readonly role: 'main' | 'alternate' | 'dub' | 'commentary';
  readonly representations: readonly MadeRepresentation[];
}

/** One WebVTT file for the whole duration. */
export interface TextSet {
  readonly id: string;
  /** BCP 47, empty when unknown. */
  readonly lang: string;
  /** For people; unique among the text sets. */
  readonly label: string;
  /** Captions also tell what is heard and not said. */
  readonly role: 'subtitle' | 'caption';
  /** Only what a viewer needs who understands the sound: shown by itself, not offered for choice. */
  readonly isForced?: boolean;
  /** Name inside the version's folder. */
  readonly file: string;
  readonly bytes: number;
}

/** Pictures of equal size in a grid, a file for each grid (DASH-IF IOP, thumbnail tiles). */
export interface ThumbnailSet {
  readonly id: string;
  /** Name inside the version's folder; `<folder>/1.jpg`, `<folder>/2.jpg` … */
  readonly folder: string;
  /** Name inside the version's folder of the WebVTT file that says where each thumbnail is. */
  readonly index: string;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of one thumbnail. */
  readonly width: number;
  readonly height: number;
  /** Seconds from one thumbnail to the next. */
  readonly interval: number;
  readonly count: number;
  /** Of each grid, in order. */
  readonly bytes: readonly number[];
}

type Sets = Pick<MadePresentation, 'video' | 'audio'>;

/** Of all media, in the order of the MPD. */
export function representationsOf({ video, audio }: Sets): readonly MadeRepresentation[] {
  return [...video, ...audio].flatMap((set) => set.representations);
}

/** What follows from the representations, of which there is at least one. */
export function timingOf({ video, audio }: Sets): Pick<MadePresentation, 'duration' | 'minBufferTime'> {
  const pictures = video.flatMap((set) => set.representations);
  const sounds = audio.flatMap((set) => set.representations);
  return {
    duration: endOfAll(pictures.length > 0 ? pictures : sounds, sounds),
    minBufferTime: longestSegment([...pictures, ...sounds]),
  };
}

/** Sound that goes on this much longer than the picture is worth waiting for; less is the grid of its frames. */
const WORTH_HEARING = 0.5;

function endOfAll(leading: readonly MadeRepresentation[], audio: readonly MadeRepresentation[]): number {
  const end = Math.max(...leading.map(endOf));
  return Math.max(end, ...audio.map(endOf).filter((soundEnd) => soundEnd > end + WORTH_HEARING));
}
