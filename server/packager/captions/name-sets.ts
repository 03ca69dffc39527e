/** Gives text sets names that tell them apart, to people and in file names. */
import { distinctNames } from '../distinct-names.ts';
import { languageName } from '../language-tag.ts';
import type { TextSet } from '../made-presentation.ts';
import type { Cue } from './cue.ts';

export interface Captions {
  /** BCP 47; empty when unknown. */
  readonly lang: string;
  /** What the input calls them. */
  readonly title?: string;
  readonly role: TextSet['role'];
  readonly isForced: boolean;
  readonly cues: readonly Cue[];
  /** Where they come from, for sentences. */
  readonly origin: string;
}

export interface NamedCaptions extends Pick<TextSet, 'lang' | 'label' | 'role' | 'isForced'> {
  /** Letters, digits and hyphens; unique. */
  readonly name: string;
  readonly cues: readonly Cue[];
}

/** Labels are the language in itself (`Deutsch`), with more behind it only where it is needed. */
export function nameSets(sets: readonly Captions[]): NamedCaptions[] {
  const labels = distinctNames(
    sets.map(labelOf),
    sets.map(({ title }) => title),
  );
  const names = distinctNames(sets.map(nameOf));
  return sets.map(({ lang, role, isForced, cues }, i) => ({
    lang,
    role,
    ...(isForced ? { isForced } : {}),
    cues,
    label: labels[i] ?? '',
    name: (names[i] ?? '').replaceAll(' ', '-'),
  }));
}

function labelOf({ lang, title, role, isForced }: Captions): string {
  const name = lang ? languageName(lang) : (title ?? 'Subtitles');
  return [name, ...(role === 'caption' ? ['(CC)'] : []), ...(isForced ? ['(forced)'] : [])].join(' ');
}

function nameOf({ lang, role, isForced }: Captions): string {
  return [lang || 'und', ...(role === 'caption' ? ['cc'] : []), ...(isForced ? ['forced'] : [])].join('-');
}
