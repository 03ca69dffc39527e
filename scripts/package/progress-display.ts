/** Shows how far a file is: on a terminal one line that is redrawn, elsewhere a line now and then. */
import type { Progress } from '../../server/packager/progress.ts';

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Takes the line off a terminal again, so that something else can be written. */
  clear(): void;
}

/** The part of `process.stderr` that is used. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** `name` says which file it is. */
export function createProgressDisplay(name: string, screen: Screen): ProgressDisplay {
  return screen.isTTY ? createLiveLine(name, screen) : createPlainLines(name, screen);
}

const ERASE_LINE = '\r\u001b[K';
const DEFAULT_COLUMNS = 80;

function createLiveLine(name: string, screen: Screen): ProgressDisplay {
  return {
    show: (progress) => {
      const line = formatLive(name, progress, (screen.columns || DEFAULT_COLUMNS) - 1);
      screen.write(`${ERASE_LINE}${line}`);
    },
    clear: () => screen.write(ERASE_LINE),
  };
}

/** A log needs to know that it goes on, not every percent. */
const PLAIN_STEP_PERCENT = 10;
/** Seconds of film between two lines while the length of the input is unknown. */
const PLAIN_STEP_SECONDS = 60;

function createPlainLines(name: string, screen: Screen): ProgressDisplay {
  let next = 0;
  return {
    show: (progress) => {
      const step = progress.share === undefined ? PLAIN_STEP_SECONDS : PLAIN_STEP_PERCENT;
      const reached = progress.share === undefined ? progress.done : percentOf(progress.share);
      if (reached < next) return;
      next = (Math.floor(reached / step) + 1) * step;
      screen.write(`${name}: ${formatNumbers(progress)}\n`);
    },
    clear: () => undefined,
  };
}

const BAR_WIDTH = 24;

/** Bar first: a long name is cut, the numbers never. */
export function formatLive(name: string, progress: Progress, columns: number): string {
  const filled = Math.round((progress.share ?? 0) * BAR_WIDTH);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`;
  return `${bar} ${formatNumbers(progress)}  ${name}`.slice(0, Math.max(0, columns));
}

function formatNumbers({ share, done, speed, remaining }: Progress): string {
  const place = share === undefined ? `${clock(done)} done` : `${percentOf(share)} %`.padStart(5);
  const pace = `${speed.toFixed(1)}× speed`;
  return [place, pace, ...(remaining === undefined ? [] : [`${clock(remaining)} left`])].join('  ');
}

/** Whole percents, never rounded up; the small addition absorbs the error of binary fractions. */
function percentOf(share: number): number {
  return Math.floor(share * 100 + 1e-6);
}

/** `1:05` or `2:03:04`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${rest}`.padStart(2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
