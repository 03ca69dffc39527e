/** Elements that stand in another document (ISO/IEC 23009-1 §5.5): this player does not go and fetch them. */
import type { StreamingError } from '../errors.ts';
import { unsupported, type XmlElement } from './xml-element.ts';

const RESOLVE_TO_ZERO = 'urn:mpeg:dash:resolve-to-zero:2013';

export function isRemote(element: XmlElement): boolean {
  return linkOf(element) !== undefined;
}

/** Whether a link says that there is nothing in its place. */
export function isResolvedToZero(element: XmlElement): boolean {
  return linkOf(element)?.trim() === RESOLVE_TO_ZERO;
}

export function remoteError(element: XmlElement): StreamingError {
  return unsupported(element, 'stands elsewhere (xlink), which this player does not follow.');
}

function linkOf({ attributes }: XmlElement): string | undefined {
  for (const [name, value] of attributes) if (name.endsWith(':href')) return value;
  return undefined;
}
