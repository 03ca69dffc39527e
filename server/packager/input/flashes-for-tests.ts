/** Films that flash and beep at the same moments, and where flashes and beeps lie in what was made of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MPD_FILE, type Title } from '../../library/title.ts';
import { NEVER, TOOLS } from '../films-for-tests.ts';
import { runTool } from '../tools.ts';

export interface FlashFilm {
  readonly name: string;
  readonly rate?: string;
  /** Seconds by which the picture, or the sound, is put later than the other. */
  readonly pictureLate?: number;
  readonly soundLate?: number;
  /** More words for ffmpeg's output. */
  readonly options?: readonly string[];
}

const SECONDS = 6;
/** Seconds from the start of picture and sound to their first flash and beep, and from each to the next. */
const FIRST = 0.8;
const EVERY = 1.6;
/** Seconds earlier, so that no rounding moves a flash to the next frame. */
const ROUNDING = 0.002;

/** Writes the film into `folder` and gives its path. */
export async function makeFlashFilm(folder: string, film: FlashFilm): Promise<string> {
  const { name, rate = '25', pictureLate = 0, soundLate = 0, options = [] } = film;
  const path = join(folder, name);
  const isOn = (length: number): string => `between(mod(t+${EVERY - FIRST + ROUNDING},${EVERY}),0,${length})`;
  const picture = `color=black:s=160x90:r=${rate}:d=${SECONDS},drawbox=color=white:t=fill:enable='${isOn(0.1)}'`;
  const sound = `aevalsrc='sin(2*PI*1000*t)*${isOn(0.1)}':s=44100:d=${SECONDS}`;
  const args = [
    ...['-nostdin', '-v', 'error', '-y'],
    ...['-itsoffset', `${pictureLate}`, '-f', 'lavfi', '-i', picture],
    ...['-itsoffset', `${soundLate}`, '-f', 'lavfi', '-i', sound],
    ...['-map', '0', '-map', '1', '-c:v', 'libx264', '-preset', 'veryfast', '-c:a', 'aac', ...options, path],
  ];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return path;
}

/** Seconds on the presentation's time line at which the title's largest picture begins to flash. */
export async function flashTimes(
  library: string,
  { id, version, representations }: Title,
): Promise<number[]> {
  const rung = representations.find(({ kind }) => kind === 'video')?.id;
  const judge = 'signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=-';
  const args = [
    '-v',
    'error',
    '-i',
    join(library, id, version, `${rung}.mp4`),
    '-vf',
    judge,
    '-f',
    'null',
    '-',
  ];
  const { stdout } = await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  const frames = [...stdout.matchAll(/pts_time:([\d.]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/g)];
  return beginnings(frames.map(([, time, luma]) => ({ time: Number(time), isOn: Number(luma) > 120 })));
}

/** Seconds on the presentation's time line at which the title's first sound begins to beep. */
export async function beepTimes(library: string, { id, version, representations }: Title): Promise<number[]> {
  const rendition = representations.find(({ kind }) => kind === 'audio')?.id;
  const raw = join(library, `${id}.raw`);
  const file = join(library, id, version, `${rendition}.mp4`);
  const args = ['-v', 'error', '-y', '-i', file, '-ac', '1', '-ar', '48000', '-f', 's16le', raw];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  const bytes = await readFile(raw);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
  const skipped = await skippedTicks(join(library, id, MPD_FILE));
  const window = 48;
  const loud = Array.from({ length: Math.floor(samples.length / window) }, (_, i) => ({
    time: (i * window - skipped) / 48_000,
    isOn: samples.subarray(i * window, (i + 1) * window).some((value) => Math.abs(value) > 3000),
  }));
  return beginnings(loud);
}

/** What players leave out in front: `presentationTimeOffset` of the sound, whose time scale is 48000. */
async function skippedTicks(mpd: string): Promise<number> {
  const text = await readFile(mpd, 'utf8');
  const sound = text.slice(text.indexOf('contentType="audio"'));
  return Number(/presentationTimeOffset="(\d+)"/.exec(sound)?.[1] ?? 0);
}

/** The tone crosses zero: a beep is over only after a while. */
const PAUSE = 0.3;

function beginnings(states: readonly { readonly time: number; readonly isOn: boolean }[]): number[] {
  const times: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { time, isOn } of states) {
    if (!isOn) continue;
    if (time - last > PAUSE) times.push(time);
    last = time;
  }
  return times;
}
