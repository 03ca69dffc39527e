/** Makes names of things differ from one another, where people or files tell them apart by name. */

/**
 * Of several equal words each gets its addition behind it, if there is one that it does not begin with, and a number where
 * that does not help either.
 */
export function distinctNames(
  words: readonly string[],
  additions: readonly (string | undefined)[] = [],
): string[] {
  const taken = new Set<string>();
  return words.map((word, i) => {
    const addition = additions[i];
    const isRepeated = words.some((other, j) => j !== i && other === word);
    const base = isRepeated && addition && !word.startsWith(addition) ? `${word} – ${addition}` : word;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
    taken.add(name);
    return name;
  });
}
