/** Turns the text of a caption into WebVTT cue text (W3C WebVTT §4.2.2): only tags it has, all closed, the rest escaped. */

/** What tags and characters mean in the format that a text comes from. */
interface Dialect {
  /** Tags that go on; all lower case. */
  readonly kept: ReadonlySet<string>;
  /** Of all others: whether this one is markup, and goes, rather than words in angle brackets, which stay. */
  isDropped(tag: string): boolean;
  /** Whether `&amp;` and the like are escapes rather than five characters. */
  readonly isEscaped: boolean;
}

/** SubRip has no standard; this is what players have taken since, and what people write. */
export const SUBRIP_TEXT: Dialect = {
  kept: new Set(['b', 'i', 'u']),
  isDropped: (tag) => /^(font|s|strike|span|p|div|center|small|big|em|strong|tt|c|v)$/.test(tag),
  isEscaped: false,
};

/** Words and nothing else. */
export const PLAIN_TEXT: Dialect = { kept: new Set(), isDropped: () => false, isEscaped: false };

export const WEBVTT_TEXT: Dialect = {
  kept: new Set(['b', 'c', 'i', 'lang', 'rt', 'ruby', 'u', 'v']),
  isDropped: () => true,
  isEscaped: true,
};

const TAG = /<(\/?)([a-z]+|\d[\d:.]*)((?:[.\s][^<>]*)?)\/?>/gi;

/** Lines stay lines; empty ones, which would end the cue, go. */
export function cueTextOf(source: string, dialect: Dialect): string {
  const marked = source.replace(/<br\s*\/?>/gi, '\n');
  const open: string[] = [];
  let text = '';
  let at = 0;
  for (const match of marked.matchAll(TAG)) {
    text += escaped(marked.slice(at, match.index), dialect) + writeTag(match, open, dialect);
    at = match.index + match[0].length;
  }
  text += escaped(marked.slice(at), dialect) + open.reverse().map(closing).join('');
  return withoutEmptyLines(text);
}

/** Adds to `open`, or takes from it. A closing tag also closes all that was opened inside; one without an opening goes. */
function writeTag(match: RegExpMatchArray, open: string[], dialect: Dialect): string {
  const [whole, slash, written = '', annotation = ''] = match;
  const name = written.toLowerCase();
  if (!dialect.kept.has(name)) return dialect.isDropped(name) ? '' : escaped(whole, dialect);
  if (!slash) {
    open.push(name);
    return `<${name}${dialect.isEscaped ? escaped(annotation.replaceAll('\n', ' ').trimEnd(), dialect) : ''}>`;
  }
  const position = open.lastIndexOf(name);
  return position < 0 ? '' : open.splice(position).reverse().map(closing).join('');
}

function closing(name: string): string {
  return `</${name}>`;
}

const ESCAPE = /&(?!(?:amp|lt|gt|lrm|rlm|nbsp|#\d{1,7}|#x[\da-f]{1,6});)/gi;

function escaped(text: string, { isEscaped }: Dialect): string {
  return text
    .replace(isEscaped ? ESCAPE : /&/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Control characters go too; tags that stand on a line of their own move to the next. */
function withoutEmptyLines(text: string): string {
  const lines: string[] = [];
  let tags = '';
  for (const line of text.split('\n').map((each) => each.replace(/\p{Control}/gu, ' ').trim())) {
    const isEmpty = line.replace(/<[^>]*>|&nbsp;|\s/g, '') === '';
    if (isEmpty) tags += line.replace(/&nbsp;|\s(?![^<]*>)/g, '');
    else lines.push(`${tags}${line}`);
    if (!isEmpty) tags = '';
  }
  return lines.length > 0 ? `${lines.join('\n')}${tags}` : '';
}
