/** Writes HTML and SVG as text in which nothing that was put in can become an element: strings are escaped, markup is not. */

export interface Markup {
  readonly markup: string;
}

type Content = string | number | Markup | undefined | readonly Content[];

/** As in html`<p>${name}</p>`; lists are joined, `undefined` is nothing. */
export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: pieces.map((piece, i) => piece + textOf(contents[i])).join('') };
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return `${content}`;
  if (typeof content === 'string') return escapeText(content);
  return 'markup' in content ? content.markup : content.map(textOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls are of no use in a page, and some of them are not allowed in it. */
function escapeText(text: string): string {
  return text.replace(/\p{Control}/gu, ' ').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A coordinate to a tenth of a pixel. */
export function px(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}
