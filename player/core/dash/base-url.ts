/** BaseURL elements: each level resolves against the one above, and several at one level are alternatives. */
import { childrenNamed, invalid, type XmlElement } from './xml-element.ts';

/** Enough for every real set of pathways; bounds what alternatives at four levels multiply to. */
const MAX_ALTERNATIVES = 8;

/**
 * The absolute URLs at `element`, in order of preference: all alternatives below the first of `outer`, then below the
 * second … (ISO/IEC 23009-1 §5.6.4). `outer` itself when the element has no BaseURL.
 * @throws StreamingError `mpd-invalid` when a BaseURL is none.
 */
export function resolveBaseUrls(outer: readonly string[], element: XmlElement): readonly string[] {
  const bases = childrenNamed(element, 'BaseURL').slice(0, MAX_ALTERNATIVES);
  if (bases.length === 0) return outer;
  const urls = outer.flatMap((url) => bases.map((base) => resolveUrl(base.text.trim(), url, base)));
  return [...new Set(urls)].slice(0, MAX_ALTERNATIVES);
}

/** @throws StreamingError `mpd-invalid` that points at `element`, which wrote the reference. */
export function resolveUrl(reference: string, base: string, element: XmlElement): string {
  if (!URL.canParse(reference, base))
    throw invalid(element, `gives "${reference.slice(0, 80)}", which is no URL.`);
  return new URL(reference, base).href;
}
