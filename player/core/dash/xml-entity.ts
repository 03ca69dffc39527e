/** The five entities of XML (§4.6) and numbered characters. Others cannot be declared here, so that nothing expands. */

const ENTITY = /&(#x[\da-f]+|#\d+|[a-z_][\w.-]*);/gi;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** A bare `&` stays as it is, since URLs written by hand hold them. Throws what `unknown` makes of any other entity. */
export function decodeEntities(raw: string, unknown: (entity: string) => Error): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(ENTITY, (entity, name: string) => {
    const character = name.startsWith('#') ? characterOf(name) : ENTITIES[name];
    if (character === undefined) throw unknown(entity);
    return character;
  });
}

/** `#38` or `#x26`; undefined for 0 and beyond Unicode. */
function characterOf(name: string): string | undefined {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
