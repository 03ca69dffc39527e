/** What a gate of `npm run check` is. Each says how much it read: a gate that looked at nothing is red. */

export interface Finding {
  /** How many things the gate looked at. */
  readonly read: number;
  /** What is wrong, ready to print; empty when nothing is. */
  readonly faults: string;
}

export interface Gate {
  readonly name: string;
  /** What it counts. */
  readonly unit: 'files' | 'tests';
  check(signal: AbortSignal): Promise<Finding>;
}

/** What a tool missed of the files it should have read, one line for each. */
export function listUnread(
  sources: readonly string[],
  read: ReadonlySet<string>,
  why: string,
): readonly string[] {
  return sources.filter((path) => !read.has(path)).map((path) => `${path}: ${why}.`);
}
