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
  /** Folder of all files that never change, named after their content. Everything but manifests and playlists is in it. */
  readonly version: string;
  readonly input: TitleInput;
  readonly representations: readonly TitleRepresentation[];
  /** Key of `files`; absent for audio-only titles. */
  readonly poster?: string;
  /** Every published file by its path inside the folder, as `manifest.mpd` and `<version>/video-720.mp4`; `title.json` itself not. */
  readonly files: Readonly<Record<string, TitleFile>>;
}

export interface TitleInput {
  /** Base name only: nobody needs to know the publisher's folders. */
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 over size, first and last MiB: tells whether the same file is packaged again. */
  readonly fingerprint: string;
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
}

export interface TitleFile {
  readonly bytes: number;
  /** Hexadecimal; the strong ETag comes from it. */
  readonly sha256: string;
  /** Content-Type. */
  readonly type: string;
}

export const TITLE_FILE = 'title.json';
export const MPD_FILE = 'manifest.mpd';

/** Whether `id` may be a folder of the library: 1 … 100 lower-case letters, digits and inner hyphens. */
export function isTitleId(id: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/.test(id);
}
