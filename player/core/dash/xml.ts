/**
 * Reads XML 1.0 text into a tree of light elements: one pass, no recursion, nothing expanded, nothing fetched.
 *
 * Comments, processing instructions and the DOCTYPE are passed over, a byte order mark counts as white space.
 */
import { StreamingError } from '../errors.ts';
import { pathOf, type XmlElement } from './xml-element.ts';
import { decodeEntities } from './xml-entity.ts';

/** An MPD is some ten levels deep, an event's payload some ten more. */
const MAX_DEPTH = 64;
/** Four days of two-second segments, each with its own `S`, for audio and video; bounds memory and time. */
const MAX_ELEMENTS = 400_000;
const MAX_CHARACTERS = 2 ** 24;
/** `AdaptationSet` has some thirty in the schema. */
const MAX_ATTRIBUTES = 64;

const NAME = /[^\s/>=<"'&]+/y;
const ATTRIBUTE = /\s*([^\s/>=<"'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;
const SUBSET_END = /\]\s*>/g;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const NO_CHILDREN: Map<string, OpenElement[]> = new Map();

interface OpenElement extends XmlElement {
  children: Map<string, OpenElement[]>;
  readonly parent: OpenElement | undefined;
  ordinal: number;
  text: string;
}

interface Reader {
  readonly text: string;
  line: number;
  /** Position of the newline that ends `line`; Infinity in the last line. */
  newline: number;
  root: OpenElement | undefined;
  open: OpenElement | undefined;
  depth: number;
  elements: number;
}

/** @throws StreamingError `mpd-invalid` with line, and the path of the element that was open. */
export function readXml(text: string): XmlElement {
  const reader: Reader = {
    text,
    line: 1,
    newline: newlineFrom(text, 0),
    root: undefined,
    open: undefined,
    depth: 0,
    elements: 0,
  };
  checkText(reader);
  let position = 0;
  while (position < text.length) {
    const tag = text.indexOf('<', position);
    takeText(reader, text.slice(position, tag < 0 ? text.length : tag), position);
    if (tag < 0) break;
    position = takeMarkup(reader, tag);
  }
  if (reader.open) throw fault(reader, text.length, `ends before <${reader.open.name}> is closed.`);
  if (!reader.root) throw fault(reader, text.length, 'is empty.');
  return reader.root;
}

function checkText(reader: Reader): void {
  if (reader.text.length > MAX_CHARACTERS) {
    throw fault(reader, 0, `is longer than ${MAX_CHARACTERS} characters.`);
  }
  const nul = reader.text.indexOf('\0');
  if (nul >= 0) throw fault(reader, nul, 'holds a NUL character, which XML forbids; it must be UTF-8 text.');
}

function takeText(reader: Reader, slice: string, position: number): void {
  if (/\S/.test(slice)) append(reader, decode(reader, slice, position), position);
}

function append(reader: Reader, text: string, position: number): void {
  if (!reader.open) throw fault(reader, position, 'is not XML: it has text outside its root element.');
  reader.open.text += text;
}

/** Takes what begins at the `<` at `position`; returns the position behind it. */
function takeMarkup(reader: Reader, position: number): number {
  const { text } = reader;
  if (text.startsWith('</', position)) return takeEndTag(reader, position);
  if (text.startsWith('<!--', position)) return behind(reader, position, '-->', 'a comment');
  if (text.startsWith('<?', position)) return behind(reader, position, '?>', 'a processing instruction');
  if (text.startsWith('<![CDATA[', position)) return takeCharacterData(reader, position);
  if (text.startsWith('<!DOCTYPE', position)) return behindDoctype(reader, position);
  return takeStartTag(reader, position);
}

function takeStartTag(reader: Reader, position: number): number {
  const { text, open } = reader;
  const name = matchAt(NAME, text, position + 1)?.[0];
  if (!name) throw fault(reader, position, 'has a "<" that begins no tag.');
  if (!open && reader.root) throw fault(reader, position, 'has more than one root element.');
  const attributes = takeAttributes(reader, position + 1 + name.length, name);
  const end = matchAt(TAG_END, text, attributes.end);
  if (!end) throw fault(reader, position, `has a tag <${name}> that is broken or not closed.`);
  const element: OpenElement = {
    name: name.slice(name.indexOf(':') + 1),
    attributes: attributes.found,
    children: NO_CHILDREN,
    text: '',
    parent: open,
    ordinal: 1,
    line: lineAt(reader, position),
  };
  if (++reader.elements > MAX_ELEMENTS)
    throw fault(reader, position, `has more than ${MAX_ELEMENTS} elements.`);
  if (open) adopt(open, element);
  reader.root ??= element;
  if (end[1] === '') enter(reader, element, position);
  return attributes.end + end[0].length;
}

/** Most elements have no children: they share one empty map, which is never written. */
function adopt(parent: OpenElement, element: OpenElement): void {
  if (parent.children === NO_CHILDREN) parent.children = new Map();
  const alike = parent.children.get(element.name);
  if (alike) element.ordinal = alike.push(element);
  else parent.children.set(element.name, [element]);
}

function enter(reader: Reader, element: OpenElement, position: number): void {
  if (++reader.depth > MAX_DEPTH)
    throw fault(reader, position, `is nested deeper than ${MAX_DEPTH} elements.`);
  reader.open = element;
}

function takeAttributes(reader: Reader, position: number, tag: string) {
  let found: Map<string, string> | undefined;
  let end = position;
  for (
    let match = matchAt(ATTRIBUTE, reader.text, end);
    match;
    match = matchAt(ATTRIBUTE, reader.text, end)
  ) {
    const [whole, name = '', double, single = ''] = match;
    found ??= new Map();
    if (found.has(name)) throw fault(reader, end, `has a tag <${tag}> with two attributes "${name}".`);
    if (found.size === MAX_ATTRIBUTES)
      throw fault(reader, end, `has a tag <${tag}> with more than ${MAX_ATTRIBUTES} attributes.`);
    found.set(name, decode(reader, double ?? single, end));
    end += whole.length;
  }
  return { found: found ?? NO_ATTRIBUTES, end };
}

function takeEndTag(reader: Reader, position: number): number {
  const { text, open } = reader;
  const end = behind(reader, position, '>', 'an end tag');
  const written = text.slice(position + 2, end - 1).trim();
  const name = written.slice(written.indexOf(':') + 1);
  if (open?.name !== name) {
    throw fault(reader, position, `closes <${name}> where ${open ? `<${open.name}>` : 'nothing'} is open.`);
  }
  reader.open = open.parent;
  reader.depth--;
  return end;
}

function takeCharacterData(reader: Reader, position: number): number {
  const end = behind(reader, position, ']]>', 'a CDATA section');
  append(reader, reader.text.slice(position + '<![CDATA['.length, end - ']]>'.length), position);
  return end;
}

function behindDoctype(reader: Reader, position: number): number {
  const end = behind(reader, position, '>', 'a DOCTYPE');
  const subset = reader.text.indexOf('[', position);
  if (subset < 0 || subset > end) return end;
  SUBSET_END.lastIndex = subset;
  if (!SUBSET_END.test(reader.text)) throw fault(reader, position, 'ends inside a DOCTYPE.');
  return SUBSET_END.lastIndex;
}

function behind(reader: Reader, position: number, mark: string, what: string): number {
  const found = reader.text.indexOf(mark, position);
  if (found < 0) throw fault(reader, position, `ends inside ${what}.`);
  return found + mark.length;
}

function decode(reader: Reader, raw: string, position: number): string {
  return decodeEntities(raw, (entity) =>
    fault(
      reader,
      position,
      `uses the entity ${entity}, which is none of XML's own; declared ones are not expanded.`,
    ),
  );
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** Must be asked in order of position: it counts on from the last answer. */
function lineAt(reader: Reader, position: number): number {
  while (reader.newline < position) {
    reader.line++;
    reader.newline = newlineFrom(reader.text, reader.newline + 1);
  }
  return reader.line;
}

function newlineFrom(text: string, position: number): number {
  const newline = text.indexOf('\n', position);
  return newline < 0 ? Number.POSITIVE_INFINITY : newline;
}

function fault(reader: Reader, position: number, sentence: string): StreamingError {
  const path = reader.open ? pathOf(reader.open) : '/';
  const line = lineAt(reader, position);
  return new StreamingError('mpd-invalid', `The MPD (line ${line}, in ${path}) ${sentence}`, { path, line });
}
