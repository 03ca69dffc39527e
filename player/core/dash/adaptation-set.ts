/** Reads an AdaptationSet: what its representations have in common, and those that can be used (ISO/IEC 23009-1 §5.3.3). */
import { StreamingError } from '../errors.ts';
import { attribute } from './attributes.ts';
import { resolveBaseUrls } from './base-url.ts';
import { contentTypeOf } from './content-type.ts';
import { unknownEssential } from './essential-property.ts';
import type { AdaptationSet, Representation } from './presentation.ts';
import { type RepresentationContext, readRepresentation } from './representation.ts';
import type { PeriodBounds } from './segment-timing.ts';
import { remoteOf } from './xlink.ts';
import { childNamed, childrenNamed, unsupported, type XmlElement } from './xml-element.ts';

export interface SetContext {
  readonly bounds: PeriodBounds;
  /** Of the period. */
  readonly baseUrls: readonly string[];
  /** Identifiers already given in this period; new ones are added. */
  readonly taken: { readonly sets: Set<string>; readonly representations: Set<string> };
  /** Why something is left out; added to. */
  readonly refusals: StreamingError[];
}

/** Undefined when nothing of the set can be used; `context.refusals` then says why. */
export function readAdaptationSet(element: XmlElement, context: SetContext): AdaptationSet | undefined {
  return attempt(context.refusals, () => {
    const elements = usableRepresentations(element);
    const [first = element] = elements;
    const contentType = contentTypeOf([first, element]);
    if (!contentType) throw unsupported(element, 'holds neither video, audio, text nor pictures.');
    const levels = element.parent ? [element, element.parent] : [element];
    const baseUrls = resolveBaseUrls(context.baseUrls, element);
    const representations = readAll(elements, context, {
      levels,
      bounds: context.bounds,
      baseUrls,
      contentType,
    });
    if (representations.length === 0) return undefined;
    return {
      id: unique(context.taken.sets, attribute([element], 'id') ?? String(context.taken.sets.size)),
      contentType,
      lang: attribute([element], 'lang') ?? '',
      label: labelOf(element),
      roles: rolesOf(element),
      protection: protectionOf([element, ...elements]),
      representations,
    };
  });
}

function usableRepresentations(element: XmlElement): XmlElement[] {
  const scheme = unknownEssential(element);
  if (scheme !== undefined)
    throw unsupported(element, `needs the property "${scheme}", unknown to this player.`);
  const elements = childrenNamed(element, 'Representation');
  if (elements.length > 0) return elements;
  const remote = remoteOf(element) !== undefined;
  throw unsupported(
    element,
    remote ? 'stands elsewhere (xlink), which this player does not follow.' : 'is empty.',
  );
}

function readAll(
  elements: readonly XmlElement[],
  { refusals, taken }: SetContext,
  context: RepresentationContext,
): Representation[] {
  return elements
    .flatMap((element) => attempt(refusals, () => readRepresentation(element, context)) ?? [])
    .map((representation) => ({ ...representation, id: unique(taken.representations, representation.id) }))
    .sort((a, b) => a.bandwidth - b.bandwidth);
}

/** What is unsupported is left out and noted; what is wrong goes on up. */
function attempt<T>(refusals: StreamingError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StreamingError) || error.code !== 'mpd-unsupported') throw error;
    refusals.push(error);
    return undefined;
  }
}

/** `id`, or `id~2`, `id~3` … when it is taken: identifiers are keys further on. */
function unique(taken: Set<string>, id: string): string {
  let name = id;
  for (let copy = 2; taken.has(name); copy++) name = `${id}~${copy}`;
  taken.add(name);
  return name;
}

function labelOf(element: XmlElement): string {
  return childNamed(element, 'Label')?.text.trim() ?? attribute([element], 'label') ?? '';
}

function rolesOf(element: XmlElement): string[] {
  return childrenNamed(element, 'Role')
    .filter((role) => role.attributes.get('schemeIdUri') === 'urn:mpeg:dash:role:2011')
    .flatMap((role) => role.attributes.get('value') ?? []);
}

function protectionOf(elements: readonly XmlElement[]): string[] {
  const schemes = elements
    .flatMap((element) => childrenNamed(element, 'ContentProtection'))
    .flatMap((descriptor) => descriptor.attributes.get('schemeIdUri') ?? []);
  return [...new Set(schemes)];
}
