/** Elements that stand in another document (ISO/IEC 23009-1 §5.5): this player does not go and fetch them. */
import type { XmlElement } from './xml-element.ts';

const RESOLVE_TO_ZERO = 'urn:mpeg:dash:resolve-to-zero:2013';

/** The URL of the remote element; undefined for an element that stands here. */
export function remoteOf(element: XmlElement): string | undefined {
  for (const [name, value] of element.attributes) if (name.endsWith(':href')) return value;
  return undefined;
}

/** Whether a link says that there is nothing in its place. */
export function isResolvedToZero(element: XmlElement): boolean {
  return remoteOf(element)?.trim() === RESOLVE_TO_ZERO;
}
