/** The flag `--captions LANG=FILE` of `npm run package`, which may be given several times. */
import { languageTag } from '../../server/packager/language-tag.ts';
import type { PackagingConfig } from '../../server/packager/packaging-config.ts';

export const CAPTIONS_OPTION = { captions: { type: 'string', multiple: true } } as const;

export const CAPTIONS_HELP = `\
  --captions LANG=FILE  captions from an .srt, .vtt or .ass file, as de=film.srt; once for each language`;

/** One sentence for each value that cannot be; `undefined` when the flag was not given. */
export function readCaptionsFlag(values: readonly (string | boolean)[] = []): {
  captions: PackagingConfig['captions'];
  faults: readonly string[];
} {
  const read = values.map(readOne);
  const captions = read.flatMap((each) => (typeof each === 'string' ? [] : [each]));
  const repeated = captions.filter(({ lang }, i) => captions.findIndex((other) => other.lang === lang) < i);
  return {
    captions,
    faults: [
      ...read.flatMap((each) => (typeof each === 'string' ? [each] : [])),
      ...repeated.map(({ lang }) => `--captions has two files for the language "${lang}".`),
    ],
  };
}

function readOne(value: string | boolean): PackagingConfig['captions'][number] | string {
  const [, language = '', file = ''] = /^([^=]+)=(.*\S.*)$/s.exec(`${value}`) ?? [];
  if (value === true || !file) return '--captions takes LANG=FILE, as de=film.srt.';
  const lang = languageTag(language.trim());
  if (!lang) return `--captions takes a language of BCP 47, as de or pt-BR, not "${language}".`;
  return { lang, file };
}
