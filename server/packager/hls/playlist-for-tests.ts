/** Reads HLS playlists the way a strict player does, for tests of what was written. */

export interface ReadTag {
  readonly name: string;
  /** Without quotes; a tag without attributes has its value under the empty name. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReadEntry {
  /** Tags before the URI, since the last one. */
  readonly tags: readonly ReadTag[];
  readonly uri: string;
}

export interface ReadPlaylist {
  readonly entries: readonly ReadEntry[];
  /** All tags, in order. */
  readonly tags: readonly ReadTag[];
}

/** @throws Error for a text that RFC 8216 §4.1 or §4.2 does not allow. */
export function readPlaylist(text: string): ReadPlaylist {
  const lines = text.split('\n');
  if (lines[0] !== '#EXTM3U') throw new Error('It does not begin with #EXTM3U.');
  if (lines.at(-1) !== '') throw new Error('Its last line is not ended.');
  const entries: ReadEntry[] = [];
  const all: ReadTag[] = [];
  let tags: ReadTag[] = [];
  for (const line of lines.slice(1, -1)) {
    if (line.startsWith('#')) {
      const read = readTag(line);
      tags.push(read);
      all.push(read);
    } else {
      entries.push({ tags, uri: line });
      tags = [];
    }
  }
  return { entries, tags: all };
}

export function findTag(tags: readonly ReadTag[], name: string): ReadTag['attributes'] | undefined {
  return tags.find((tag) => tag.name === name)?.attributes;
}

/** The value of a tag that has no attributes. */
export function contentOf(tags: readonly ReadTag[], name: string): string | undefined {
  return findTag(tags, name)?.[''];
}

/** `<length>@<offset>` as inclusive positions. */
export function readByteRange(text: string | undefined): { first: number; last: number } | undefined {
  const [, length, offset] = /^(\d+)@(\d+)$/.exec(text ?? '') ?? [];
  return length && offset ? { first: Number(offset), last: Number(offset) + Number(length) - 1 } : undefined;
}

const ATTRIBUTE = /([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s]+)(,|$)/y;

function readTag(line: string): ReadTag {
  const [, name = '', value = ''] = /^#(EXT[A-Z0-9-]*)(?::(.*))?$/.exec(line) ?? [];
  if (!name) throw new Error(`Not a tag: ${line}`);
  if (!/^EXT-X-(MAP|MEDIA|STREAM-INF|I-FRAME-STREAM-INF)$/.test(name))
    return { name, attributes: { '': value } };
  const attributes: Record<string, string> = {};
  ATTRIBUTE.lastIndex = 0;
  while (ATTRIBUTE.lastIndex < value.length) {
    const [, key = '', written = ''] = ATTRIBUTE.exec(value) ?? [];
    if (!key) throw new Error(`Not a list of attributes: ${value}`);
    attributes[key] = written.replace(/^"|"$/g, '');
  }
  return { name, attributes };
}
