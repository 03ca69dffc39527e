/** What a title is called: for people, and in its address. */
import { slugOf } from '../library/title-id.ts';

export interface WantedNames {
  /** Default: made of the title. */
  readonly id?: string;
  /** Default: the file's name. */
  readonly title?: string;
}

export interface TitleNames {
  readonly title: string;
  /** May be taken by another input: a number is then added. */
  readonly wantedId: string;
}

export function nameTitle(inputName: string, fingerprint: string, { id, title }: WantedNames): TitleNames {
  const name = title ?? titleFromName(inputName);
  return { title: name, wantedId: slugOf(id ?? name) || `title-${fingerprint.slice(0, 8)}` };
}

/** Without extension, words apart: `big_buck_bunny.mp4` is "big buck bunny". */
function titleFromName(name: string): string {
  const words = name
    .replace(/\.[^.]{1,5}$/, '')
    .replaceAll('_', ' ')
    .trim();
  return words || name;
}
