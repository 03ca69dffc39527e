/** Values as the MPD's schema wants them, and descriptors that sets of several kinds have. */
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { languageName } from '../language-tag.ts';

/** `xs:duration` in seconds, to the microsecond. */
export function durationText(seconds: number): string {
  return `PT${Number(seconds.toFixed(6))}S`;
}

/** XML 1.0 has no way to write control characters, nor halves of characters. */
export function plainText(text: string): string {
  return text.replace(/[\p{Control}\p{Surrogate}\uFFFE\uFFFF]/gu, ' ');
}

/** For people: as given, else the language in itself; nothing when neither is known. */
export function addLabel(set: XMLBuilder, { label, lang }: { label?: string; lang: string }): void {
  const text = label ?? (lang ? languageName(lang) : '');
  if (text) set.ele('Label').txt(plainText(text));
}

/** ISO/IEC 23009-1 §5.8.5.5. */
export function addRole(set: XMLBuilder, value: string): void {
  set.ele('Role', { schemeIdUri: 'urn:mpeg:dash:role:2011', value });
}
