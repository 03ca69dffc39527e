/** SegmentTemplate: URLs made from numbers or times (ISO/IEC 23009-1 §5.3.9.4). */
import type { AddressingContext, Located, SegmentInformation } from './addressing-context.ts';
import { holderOf } from './attributes.ts';
import { resolveUrl } from './base-url.ts';
import { initializationOf } from './initialization.ts';
import type { Resource } from './presentation.ts';
import { readTiming } from './read-timing.ts';
import { createClippedSegmentList } from './segment-list.ts';
import type { NumberedTiming } from './segment-timing.ts';
import { parseTemplate, type UrlTemplate } from './template.ts';
import { invalid, type XmlElement } from './xml-element.ts';

export function templateAddressing(context: AddressingContext, information: SegmentInformation): Located {
  const timing = readTiming(context, information);
  const media = templateOf(context, information, 'media');
  if (!media) throw invalid(context.element, 'has a SegmentTemplate without @media.');
  if (timing.count > 1 && !media.template.varies) {
    throw invalid(media.holder, 'has a @media without $Number$ or $Time$: all segments would be one file.');
  }
  const urlsAt = (position: number) => urlsOf(context, media, timing, position);
  if (timing.count > 0) urlsAt(0);
  return {
    ...initializationFrom(context, information, timing),
    addressing: {
      kind: 'list',
      segments: createClippedSegmentList(timing, information.line, (position) => ({
        urls: urlsAt(position),
      })),
    },
  };
}

function initializationFrom(
  context: AddressingContext,
  information: SegmentInformation,
  timing: NumberedTiming,
): { readonly initialization?: Resource } {
  const found = templateOf(context, information, 'initialization');
  if (!found) return initializationOf(context, information.chain);
  if (found.template.varies) throw invalid(found.holder, 'has $Number$ or $Time$ in @initialization.');
  return { initialization: { urls: urlsOf(context, found, timing, 0) } };
}

interface FoundTemplate {
  readonly template: UrlTemplate;
  readonly holder: XmlElement;
}

function templateOf(
  context: AddressingContext,
  { chain }: SegmentInformation,
  name: 'media' | 'initialization',
): FoundTemplate | undefined {
  const holder = holderOf(chain, name);
  if (!holder) return undefined;
  return { holder, template: parseTemplate(holder.attributes.get(name) ?? '', context, holder) };
}

function urlsOf(
  { baseUrls }: AddressingContext,
  { template, holder }: FoundTemplate,
  timing: NumberedTiming,
  position: number,
): string[] {
  const reference = template.fill(timing, position);
  return baseUrls.map((base) => resolveUrl(reference, base, holder));
}
