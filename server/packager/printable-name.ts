/** Names of strangers' files inside sentences of ours. */

/** On one line and without what would move a terminal's cursor or turn the direction of the text around it. */
export function printableName(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
