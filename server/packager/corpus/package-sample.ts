/** Packages one file of the corpus, checks the title, and says what came out at what cost. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readMpd } from '../../../player/core/dash/read-mpd.ts';
import { MPD_FILE, type Title } from '../../library/title.ts';
import { allFaults, describeFault } from '../../verify/verdict.ts';
import { verifyPresentation } from '../../verify/verify-presentation.ts';
import { packageFile } from '../package-file.ts';
import { PackagingError } from '../packaging-error.ts';

export interface Outcome {
  readonly file: string;
  readonly inputBytes: number;
  readonly cost: Cost;
  readonly title?: Title;
  /** Language and channels of each set, as `en 2`. */
  readonly audio: readonly string[];
  readonly captions: readonly string[];
  readonly notices: readonly string[];
  /** Sentences of the check. */
  readonly faults: readonly string[];
  readonly refusal?: PackagingError;
}

/** Seconds. */
export interface Cost {
  readonly wall: number;
  /** Of ffmpeg and its kind; `undefined` where the system does not tell. */
  readonly cpu: number | undefined;
}

/** @throws whatever is no refusal of the input. */
export async function packageSample(corpus: string, file: string, library: string): Promise<Outcome> {
  const { signal } = new AbortController();
  const path = join(corpus, file);
  const { size: inputBytes } = await stat(path);
  const told: string[] = [];
  const before = await takeCost();
  const costSince = async (): Promise<Cost> => subtract(await takeCost(), before);
  const nothing = { file, inputBytes, audio: [], captions: [], faults: [] };
  try {
    const title = await packageFile(path, { library, signal, onNotice: (sentence) => told.push(sentence) });
    const cost = await costSince();
    const verdict = await verifyPresentation(join(library, title.id), { signal, isFull: true });
    const faults = allFaults(verdict).map(describeFault);
    const notices = title.notices ?? [];
    return { ...nothing, cost, title, notices, faults, ...(await setsOf(library, title)) };
  } catch (refusal) {
    if (!(refusal instanceof PackagingError)) throw refusal;
    return { ...nothing, cost: await costSince(), notices: told, refusal };
  }
}

async function setsOf(library: string, { id }: Title): Promise<Pick<Outcome, 'audio' | 'captions'>> {
  const mpd = await readFile(join(library, id, MPD_FILE), 'utf8');
  const { periods } = readMpd(mpd, `https://corpus.test/${MPD_FILE}`);
  const sets = periods.flatMap((period) => period.adaptationSets);
  const channels = channelsIn(mpd);
  return {
    audio: sets
      .filter(({ contentType }) => contentType === 'audio')
      .map(({ lang }, i) => `${lang || '?'} ${channels[i] ?? '?'}`),
    captions: sets.filter(({ contentType }) => contentType === 'text').map(({ lang }) => lang || '?'),
  };
}

/** Of the sets of sound, in order; the player's model does not keep them. */
function channelsIn(mpd: string): (string | undefined)[] {
  return mpd
    .split('<AdaptationSet')
    .filter((set) => set.includes('contentType="audio"'))
    .map((set) => /23003:3:audio_channel_configuration:2011" value="(\d+)"/.exec(set)?.[1]);
}

async function takeCost(): Promise<Cost> {
  return { wall: performance.now() / 1000, cpu: await cpuOfChildren() };
}

function subtract(later: Cost, earlier: Cost): Cost {
  const cpu = later.cpu === undefined || earlier.cpu === undefined ? undefined : later.cpu - earlier.cpu;
  return { wall: later.wall - earlier.wall, cpu };
}

const TICKS_PER_SECOND = 100;

/** Seconds that ended children have used: fields 16 and 17 of Linux's `stat`, counted behind the name in brackets. */
async function cpuOfChildren(): Promise<number | undefined> {
  const text = await readFile('/proc/self/stat', 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
