/** How many of a thing there are, in sentences. */

/** `1 rung`, `2 rungs`: for nouns whose plural is made with an s. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
