/**
 * `title.json`: what a published title is. Written last by the packager, read by every role that serves the library.
 * A folder without a readable `title.json` is not a title.
 */

export interface Title {
  /** Version of this format. */
  readonly format: 1;
  /** Folder name and URL part: lower-case letters, digits and hyphens. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Seconds. */
  readonly duration: number;
  /** Folder of all files that never change, named after their content. Everything but manifests is in it. */
  readonly version: string;
  readonly input: TitleInput;
  readonly representations: readonly TitleRepresentation[];
  /** What was unusual about the input, lost of it or left out, one sentence each; absent when there is nothing to tell. */
  readonly notices?: readonly string[];
  /** Key of `files`; absent for audio-only titles. */
  readonly poster?: string;
  /** Key of `files`: the Multivariant Playlist of HLS. */
  readonly playlist?: string;
  /** Key of `files`: WebVTT, a cue for each chapter. Absent where the input has none. */
  readonly chapters?: string;
  /** Key of `files`: WebVTT, a cue for each thumbnail, its text a picture's path beside it with `#xywh=`. */
  readonly thumbnails?: string;
  /** Key of `files`: what each segment's bytes hash to. */
  readonly digests?: string;
  /** Key of `files`: a page that shows how it was packaged. */
  readonly report?: string;
  /** In the order in which they are offered; absent where there are none. */
  readonly captions?: readonly TitleCaptions[];
  /** Every published file by its path inside the folder, as `manifest.mpd` and `<version>/video-720.mp4`; `title.json` itself not. */
  readonly files: Readonly<Record<string, TitleFile>>;
  /** What earlier publications left for those who are still watching them, newest first; absent when there is none. */
  readonly former?: readonly FormerVersion[];
}

/** An earlier version of a title. Its folder stays for a while, so that whoever read the MPD of then can go on to the end. */
export interface FormerVersion {
  readonly version: string;
  /** When it was published, and when it was replaced: ISO 8601, UTC. */
  readonly created: string;
  readonly replaced: string;
  /** The files of its folder; the manifests of then are gone. */
  readonly files: Readonly<Record<string, TitleFile>>;
}

export interface TitleInput {
  /** Base name only: nobody needs to know the publisher's folders. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 over size, first and last MiB: tells whether the same file is packaged again. */
  readonly fingerprint: string;
  /** Seconds, as its container says; absent when it says nothing. */
  readonly duration?: number;
  /** What of it was packaged; absent without a picture. */
  readonly video?: TitleInputVideo;
  /** What of it was packaged, the main one first. */
  readonly audio?: readonly TitleInputAudio[];
}

export interface TitleInputVideo {
  /** ffmpeg's name, as `h264`. */
  readonly codec: string;
  /** On the screen, in square pixels. */
  readonly width: number;
  readonly height: number;
  /** Per second, after packaging. */
  readonly frameRate: number;
  /** Of a picture for HDR screens, its transfer function. */
  readonly hdr?: 'pq' | 'hlg';
}

export interface TitleInputAudio {
  /** ffmpeg's name, as `aac`. */
  readonly codec: string;
  readonly channels: number;
  /** BCP 47; absent when unknown. */
  readonly lang?: string;
}

export interface TitleCaptions {
  /** Key of `files`: WebVTT. */
  readonly file: string;
  /** BCP 47; absent when unknown. */
  readonly lang?: string;
  /** For people. */
  readonly label: string;
  /** Captions also tell what is heard and not said. */
  readonly role: 'subtitle' | 'caption';
  /** Only what a viewer needs who understands the sound. */
  readonly isForced?: boolean;
}

export interface TitleRepresentation {
  readonly id: string;
  readonly kind: 'video' | 'audio';
  readonly codecs: string;
  /** `@bandwidth` of the MPD: bits per second that a client must sustain. */
  readonly bandwidth: number;
  /** Bits per second over the whole duration. */
  readonly averageBandwidth: number;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
  readonly frameRate?: number;
  /** BCP 47; absent when unknown, and for pictures. */
  readonly lang?: string;
  /** Of sound. */
  readonly channels?: number;
}

export interface TitleFile {
  readonly bytes: number;
  /** Hexadecimal; the strong ETag comes from it. */
  readonly sha256: string;
  /** Content-Type. */
  readonly type: string;
  /** The same compressed, for text that gains by it: beside the file, under the names that `encodedName` gives. */
  readonly encoded?: Readonly<Partial<Record<ContentCoding, EncodedFile>>>;
}

/** Content codings as HTTP names them (RFC 9110 §8.4.1). */
export type ContentCoding = 'br' | 'gzip';

export type EncodedFile = Pick<TitleFile, 'bytes' | 'sha256'>;

export const TITLE_FILE = 'title.json';
export const MPD_FILE = 'manifest.mpd';
/** Of HLS. */
export const PLAYLIST_FILE = 'master.m3u8';

export const CONTENT_CODINGS: readonly ContentCoding[] = ['br', 'gzip'];

/** The content of `title.json`. */
export function titleText(title: Title): string {
  return `${JSON.stringify(title, undefined, 2)}\n`;
}

/** Where the compressed form lies: `manifest.mpd.br`, `manifest.mpd.gz`, as web servers look for it too. */
export function encodedName(name: string, coding: ContentCoding): string {
  return `${name}.${coding === 'gzip' ? 'gz' : coding}`;
}

/** Whether a folder of this name holds the files of one version. */
export function isVersion(name: string): boolean {
  return /^[0-9a-f]{16}$/.test(name);
}

/** Whether `id` may be a folder of the library: 1 … 100 lower-case letters, digits and inner hyphens. */
export function isTitleId(id: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/.test(id);
}
