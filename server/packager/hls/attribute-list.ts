/** Writes tags with attributes (RFC 8216 §4.2). */

/** A quoted string. */
export interface Quoted {
  readonly quoted: string;
}

type Value = string | number | Quoted | undefined;

/** `#EXT-X-NAME:A=1,B="two"`; attributes that are `undefined` are left out. Words of the standard are given bare. */
export function tag(name: string, attributes: Readonly<Record<string, Value>>): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${typeof value === 'object' ? `"${plain(value.quoted)}"` : value}`],
  );
  return `#${name}:${written.join(',')}`;
}

export function quoted(text: string): Quoted {
  return { quoted: text };
}

/** A quoted string has no way to hold a double quote or a line end. */
function plain(text: string): string {
  return text.replaceAll('"', "'").replace(/[\p{Control}\p{Surrogate}\u2028\u2029]/gu, ' ');
}
