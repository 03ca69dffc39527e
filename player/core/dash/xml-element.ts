/** One element of an XML document, where it stands, and the errors that point at it. */
import { type ErrorCode, StreamingError } from '../errors.ts';

export interface XmlElement {
  /** Local name: a namespace prefix is cut off. */
  readonly name: string;
  /** By name as written, prefix included. */
  readonly attributes: ReadonlyMap<string, string>;
  /** By local name, in document order. */
  readonly children: ReadonlyMap<string, readonly XmlElement[]>;
  /** Character data directly inside, joined; white space between children is left out. */
  readonly text: string;
  readonly parent: XmlElement | undefined;
  /** Among the siblings of its name; the first is 1. */
  readonly ordinal: number;
  /** Of its start tag; the first line is 1. */
  readonly line: number;
}

const NONE: readonly XmlElement[] = [];

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.get(name) ?? NONE;
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return childrenNamed(element, name)[0];
}

/** XPath by local names; positions, counted from 1, stand only where several siblings share a name. */
export function pathOf(element: XmlElement): string {
  const steps: string[] = [];
  for (let at: XmlElement | undefined = element; at; at = at.parent) steps.unshift(`/${stepTo(at)}`);
  return steps.join('');
}

function stepTo({ name, parent, ordinal }: XmlElement): string {
  return parent && childrenNamed(parent, name).length > 1 ? `${name}[${ordinal}]` : name;
}

/** `mpd-invalid`: `sentence` goes on after the element's path, as in "has no @id.". */
export function invalid(element: XmlElement, sentence: string): StreamingError {
  return errorAt('mpd-invalid', element, sentence);
}

/** `mpd-unsupported`: `sentence` goes on after the element's path. */
export function unsupported(element: XmlElement, sentence: string): StreamingError {
  return errorAt('mpd-unsupported', element, sentence);
}

function errorAt(code: ErrorCode, element: XmlElement, sentence: string): StreamingError {
  const path = pathOf(element);
  return new StreamingError(code, `${path} (line ${element.line}) ${sentence}`, { path, line: element.line });
}
