/** Where the bytes before the first segment are (ISO/IEC 23009-1 §5.3.9.2.2, @initialization and Initialization). */
import type { AddressingContext } from './addressing-context.ts';
import { attribute, byteRange, type Chain, inheritedChild } from './attributes.ts';
import { resolveUrl } from './base-url.ts';
import type { Resource } from './presentation.ts';
import type { XmlElement } from './xml-element.ts';

/** The Initialization child, as an object to spread; empty when there is none: segments initialize themselves. */
export function initializationOf(
  context: AddressingContext,
  chain: Chain,
): { readonly initialization?: Resource } {
  const element = inheritedChild(chain, 'Initialization');
  return element ? { initialization: urlTypeResource(element, context) } : {};
}

/** An element of URLType: @sourceURL (the BaseURL itself when absent) and a byte range. */
export function urlTypeResource(element: XmlElement, context: AddressingContext): Resource {
  const source = attribute([element], 'sourceURL');
  const range = byteRange([element], 'range');
  const urls =
    source === undefined
      ? context.baseUrls
      : context.baseUrls.map((base) => resolveUrl(source, base, element));
  return { urls, ...(range && { range }) };
}
