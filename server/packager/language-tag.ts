/** Languages: what containers write (`deu`, `ger`, `de`) as the shortest BCP 47 tag, and as a word for people. */

/** Empty for none, an undetermined one, or something that is no language. */
export function languageTag(language: string | undefined): string {
  if (!language || !/^[a-z]{2,3}([-_]|$)/i.test(language)) return '';
  if (['und', 'unk', 'mul', 'zxx'].includes(language.toLowerCase())) return '';
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}

/** In its own language (`Deutsch`), as a viewer who speaks it looks for it; the tag itself where there is no such word. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
