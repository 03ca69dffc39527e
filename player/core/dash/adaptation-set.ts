/** Reads an AdaptationSet: what its representations share, and those that can be used (ISO/IEC 23009-1 §5.3.3). */
import { StreamingError } from '../errors.ts';
import { resolveBaseUrls } from './base-url.ts';
import { contentTypeOf } from './content-type.ts';
import { checkEssentials } from './essential-property.ts';
import type { PeriodScope } from './period-scope.ts';
import type { AdaptationSet } from './presentation.ts';
import { readRepresentation } from './representation.ts';
import { isRemote, remoteError } from './xlink.ts';
import { childNamed, childrenNamed, unsupported, type XmlElement } from './xml-element.ts';

export interface ReadPeriod {
  readonly element: XmlElement;
  readonly baseUrls: readonly string[];
  readonly scope: PeriodScope;
}

/** Undefined when nothing of the set can be used; the scope's refusals then say why. */
export function readAdaptationSet(element: XmlElement, period: ReadPeriod): AdaptationSet | undefined {
  return attempt(period.scope, () => readUsable(element, period));
}

function readUsable(
  element: XmlElement,
  { element: parent, baseUrls, scope }: ReadPeriod,
): AdaptationSet | undefined {
  checkEssentials(element);
  const { attributes } = element;
  const elements = childrenNamed(element, 'Representation');
  const [first] = elements;
  if (!first) throw isRemote(element) ? remoteError(element) : unsupported(element, 'is empty.');
  const contentType = contentTypeOf([first, element]);
  if (!contentType) throw unsupported(element, 'holds neither video, audio, text nor pictures.');
  const set = { scope, levels: [element, parent], baseUrls: resolveBaseUrls(baseUrls, element), contentType };
  const representations = elements
    .flatMap((each) => attempt(scope, () => readRepresentation(each, set)) ?? [])
    .map((each) => ({ ...each, id: unique(scope.representationIds, each.id) }))
    .sort((a, b) => a.bandwidth - b.bandwidth);
  if (representations.length === 0) return undefined;
  return {
    id: unique(scope.setIds, attributes.get('id') ?? String(element.ordinal - 1)),
    contentType,
    lang: attributes.get('lang') ?? '',
    label: childNamed(element, 'Label')?.text.trim() ?? attributes.get('label') ?? '',
    roles: rolesOf(element),
    protection: protectionOf([element, ...elements]),
    representations,
  };
}

/** What is unsupported is left out and noted; what is wrong goes on up. */
function attempt<T>(scope: PeriodScope, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StreamingError) || error.code !== 'mpd-unsupported') throw error;
    scope.refusals.push(error);
    return undefined;
  }
}

/** `id`, or `id~2`, `id~3` … when it is taken: identifiers are keys further on. */
function unique(taken: Map<string, number>, id: string): string {
  let copies = taken.get(id) ?? 0;
  let name = id;
  while (taken.has(name)) name = `${id}~${++copies}`;
  taken.set(id, copies).set(name, 1);
  return name;
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
