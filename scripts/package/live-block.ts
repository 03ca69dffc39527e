/** A few lines at the bottom of a terminal that are drawn again in place. */

/** The part of `process.stderr` that is used. */
export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface LiveBlock {
  /** Draws the lines in the place of those before. */
  draw(lines: readonly string[]): void;
  /** Takes the lines off again, so that something else can be written there. */
  clear(): void;
}

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

/** Text as wide as the terminal would push the cursor into the next line. */
export function columnsFor(screen: Screen): number {
  return (screen.columns || DEFAULT_COLUMNS) - 1;
}

/** Lines must fit into `columnsFor(screen)`; those that the terminal has no rows for are left out. */
export function createLiveBlock(screen: Screen): LiveBlock {
  let drawn = 0;
  /** To the first column of the first line, and everything from there on erased. */
  const erase = (): string => `${drawn > 1 ? `\u001b[${drawn - 1}A` : ''}${drawn > 0 ? '\r\u001b[J' : ''}`;
  return {
    draw: (lines) => {
      const shown = lines.slice(0, Math.max(1, (screen.rows || DEFAULT_ROWS) - 1));
      screen.write(`${erase()}${shown.join('\n')}`);
      drawn = shown.length;
    },
    clear: () => {
      if (drawn > 0) screen.write(erase());
      drawn = 0;
    },
  };
}
