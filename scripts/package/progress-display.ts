/** Shows how far a file is: on a terminal a block that is drawn again in place, elsewhere a line every few seconds. */
import { clock } from '../../server/packager/clock.ts';
import type { Progress, Stage } from '../../server/packager/progress.ts';
import { percent } from './format-numbers.ts';
import { columnsFor, createLiveBlock, type Screen } from './live-block.ts';
import { formatRungs } from './rung-table.ts';
import { fitColumns } from './text-columns.ts';

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Takes the block off a terminal again, so that something else can be written. */
  clear(): void;
}

export interface DisplayOptions {
  /** Which file it is. */
  readonly name: string;
  /** Its place among several, as `2 of 5`; empty when there is one. */
  readonly place: string;
  readonly screen: Screen;
  /** Seconds on a clock that only runs forward. */
  readonly now: () => number;
}

export function createProgressDisplay(options: DisplayOptions): ProgressDisplay {
  return options.screen.isTTY ? createLiveDisplay(options) : createPlainDisplay(options);
}

/** For those who do not want to see any. */
export const NO_DISPLAY: ProgressDisplay = { show: () => undefined, clear: () => undefined };

/** Seconds: more often than this nobody can read. */
const SHORTEST_LOOK = 0.1;

function createLiveDisplay({ name, place, screen, now }: DisplayOptions): ProgressDisplay {
  const block = createLiveBlock(screen);
  const isDue = createPace(SHORTEST_LOOK, now);
  const heading = place ? `${place}: ${name}` : name;
  return {
    show: (progress) => {
      if (!isDue(progress.stage)) return;
      const columns = columnsFor(screen);
      const head = [fitColumns(heading, columns), fitColumns(formatLine(progress), columns)];
      block.draw([...head, ...formatRungs(progress.rungs, columns)]);
    },
    clear: block.clear,
  };
}

/** Seconds between two lines of a log, which needs to know that it goes on, not every percent. */
const LINE_PACE = 5;

function createPlainDisplay({ name, place, screen, now }: DisplayOptions): ProgressDisplay {
  const isDue = createPace(LINE_PACE, now);
  const heading = `${place ? `${place}: ` : ''}${fitColumns(name, Number.POSITIVE_INFINITY)}`;
  return {
    show: (progress) => {
      if (isDue(progress.stage))
        screen.write(`${heading}: ${STAGES[progress.stage]}, ${formatNumbers(progress).join(', ')}\n`);
    },
    clear: () => undefined,
  };
}

/** At once for a new stage, else when the time has come. */
function createPace(seconds: number, now: () => number): (stage: Stage) => boolean {
  let last: { readonly stage: Stage; readonly time: number } | undefined;
  return (stage) => {
    const time = now();
    if (last?.stage === stage && time - last.time < seconds) return false;
    last = { stage, time };
    return true;
  };
}

/** As people call them; the longest has nine letters. */
const STAGES: Readonly<Record<Stage, string>> = {
  analyse: 'analysing',
  encode: 'encoding',
  finish: 'finishing',
  pictures: 'finishing',
  verify: 'verifying',
};

const BAR_WIDTH = 24;

/** The numbers stand in front of what a narrow terminal cuts off. */
function formatLine(progress: Progress): string {
  const filled = Math.round((progress.share ?? 0) * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  const [place = '', ...pace] = formatNumbers(progress);
  return `${STAGES[progress.stage].padEnd(9)} ${bar} ${[place.padStart(5), ...pace].join('  ')}`;
}

function formatNumbers({ stage, share, done, speed, framesPerSecond, remaining }: Progress): string[] {
  const place = share === undefined ? `${clock(done)} done` : `${percent(share)} %`;
  if (stage !== 'encode') return [place];
  return [
    place,
    ...(framesPerSecond > 0 ? [`${Math.round(framesPerSecond)} fps`] : []),
    `${speed.toFixed(1)}× speed`,
    ...(remaining === undefined ? [] : [`${clock(remaining)} left`]),
  ];
}
