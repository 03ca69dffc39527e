/** Chooses the few seconds of a film that stand for all of it: easy and hard ones alike, from all over it. */
import type { Packet } from './packet-sizes.ts';

/** A stretch of the input, in seconds. */
export interface Shot {
  readonly start: number;
  readonly duration: number;
}

export interface ChosenShots {
  /** Cheapest first; at least one. */
  readonly shots: readonly Shot[];
  /** Of the hardest part of the film, how many times the bytes of the hardest shot; 1 when that is not known. */
  readonly hardest: number;
}

export interface ShotConfig {
  readonly fewest: number;
  readonly most: number;
  /** One shot for each so many seconds of film, between the two limits above. */
  readonly secondsForOne: number;
  readonly shortestSeconds: number;
  /** Behind fewer frames the encoder has not settled yet. */
  readonly fewestFrames: number;
  readonly longestSeconds: number;
  /** A shot lasts this share of the film, between the two limits above. Together they keep the cost a share, too. */
  readonly share: number;
}

export const DEFAULT_SHOT_CONFIG: ShotConfig = {
  fewest: 3,
  most: 6,
  secondsForOne: 40,
  shortestSeconds: 1,
  fewestFrames: 20,
  longestSeconds: 2,
  share: 1 / 60,
};

export interface ShotFilm {
  /** Seconds. */
  readonly duration: number;
  readonly framesPerSecond: number;
  /** In order of time; none: the shots are spread evenly. */
  readonly packets: readonly Packet[];
}

/**
 * The film is cut into windows, which are sorted by their bytes into as many classes as there shall be shots; one window
 * of each class is taken, far in time from those taken before. Its shot begins where the scene does, if one begins in it.
 * The same film always gives the same shots.
 */
export function chooseShots(film: ShotFilm, config: ShotConfig = DEFAULT_SHOT_CONFIG): ChosenShots {
  const { duration } = film;
  const shortest = Math.max(config.shortestSeconds, config.fewestFrames / film.framesPerSecond);
  const longest = Math.max(shortest, config.longestSeconds);
  const seconds = Math.min(duration, clamp(duration * config.share, shortest, longest));
  const wanted = clamp(Math.round(duration / config.secondsForOne), config.fewest, config.most);
  const count = Math.max(1, Math.min(wanted, Math.floor(duration / seconds)));
  const windows = windowsOf(film, { count, seconds });
  const picked = pickSpread(classesOf(windows, count));
  return {
    shots: picked.map(({ start, length, scene }) => ({
      start: scene ?? start + (length - seconds) / 2,
      duration: seconds,
    })),
    hardest: most(windows) / Math.max(1, most(picked)) || 1,
  };
}

function most(windows: readonly Window[]): number {
  return Math.max(...windows.map(({ bytes }) => bytes));
}

interface Window {
  readonly start: number;
  readonly length: number;
  readonly bytes: number;
  /** Seconds of the first sync frame that leaves room for a shot behind it. */
  readonly scene: number | undefined;
}

/** As long as a segment, so that the sync frames in them even out; shorter in films too short for enough of them. */
const USUAL_WINDOW = 4;
const WINDOWS_FOR_SHOT = 3;

function windowsOf(
  { duration, packets }: ShotFilm,
  { count, seconds }: { count: number; seconds: number },
): Window[] {
  const wanted = Math.min(USUAL_WINDOW, duration / (count * WINDOWS_FOR_SHOT));
  const number = Math.max(count, Math.floor(duration / Math.max(seconds, wanted)));
  const length = duration / number;
  const bytes = new Array<number>(number).fill(0);
  const scenes = new Array<number | undefined>(number).fill(undefined);
  for (const packet of packets) {
    const i = Math.floor(packet.time / length);
    if (i >= number) continue;
    bytes[i] = (bytes[i] ?? 0) + packet.bytes;
    if (packet.isSync && packet.time + seconds <= (i + 1) * length) scenes[i] ??= packet.time;
  }
  return bytes.map((each, i) => ({ start: i * length, length, bytes: each, scene: scenes[i] }));
}

/** Equal numbers of windows, as far as that goes, from the cheapest to the most expensive. */
function classesOf(windows: readonly Window[], count: number): Window[][] {
  const sorted = [...windows].sort((a, b) => a.bytes - b.bytes || a.start - b.start);
  const edge = (i: number): number => Math.round((i * sorted.length) / count);
  return Array.from({ length: count }, (_, i) => sorted.slice(edge(i), edge(i + 1)));
}

/** From the middle half of each class the window that is farthest from all taken so far; the hardest class chooses first. */
function pickSpread(classes: readonly (readonly Window[])[]): Window[] {
  const taken: Window[] = [];
  for (const each of [...classes].reverse()) {
    const edge = Math.floor(each.length / 4);
    const [first, ...others] = each.slice(edge, each.length - edge);
    if (!first) continue;
    const distance = ({ start }: Window): number =>
      Math.min(...taken.map((other) => Math.abs(other.start - start)));
    taken.push(others.reduce((best, window) => (distance(window) > distance(best) ? window : best), first));
  }
  return taken.reverse();
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
