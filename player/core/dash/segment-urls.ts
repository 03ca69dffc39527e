/** SegmentList: each segment has its SegmentURL (ISO/IEC 23009-1 §5.3.9.3). */
import type { AddressingContext, Located, SegmentInformation } from './addressing-context.ts';
import { byteRange } from './attributes.ts';
import { resolveUrl } from './base-url.ts';
import { initializationOf } from './initialization.ts';
import type { SegmentSource } from './period-scope.ts';
import { readTiming, timedLevel } from './read-timing.ts';
import { createClippedSegmentList, type SizedResource } from './segment-list.ts';
import { childNamed, childrenNamed, invalid, type XmlElement } from './xml-element.ts';

/** @throws StreamingError `mpd-invalid` for a list without SegmentURL, or with several that nothing gives a time. */
export function listAddressing(context: AddressingContext, information: SegmentInformation): Located {
  const { chain, line } = information;
  const holder = chain.find((element) => childNamed(element, 'SegmentURL'));
  if (!holder) throw invalid(context.element, 'has a SegmentList without SegmentURL.');
  const sources = context.scope.lists(holder, '', () =>
    childrenNamed(holder, 'SegmentURL').map((element) => sourceOf(element, context)),
  );
  if (sources.length > 1 && !timedLevel(chain)) {
    throw invalid(
      holder,
      'has several SegmentURL, but neither @duration nor SegmentTimeline to say when they are.',
    );
  }
  const timing = readTiming(context, information, sources.length);
  return {
    ...initializationOf(context, chain),
    addressing: {
      kind: 'list',
      segments: createClippedSegmentList(timing, line, (position) =>
        resourceOf(sources[position] ?? {}, context.baseUrls),
      ),
    },
  };
}

function sourceOf(element: XmlElement, { baseUrls: [base = ''] }: AddressingContext): SegmentSource {
  const media = element.attributes.get('media');
  const range = byteRange([element], 'mediaRange');
  if (media !== undefined) resolveUrl(media, base, element);
  return { ...(media !== undefined && { media }), ...(range && { range }) };
}

function resourceOf({ media, range }: SegmentSource, baseUrls: readonly string[]): SizedResource {
  return {
    urls: media === undefined ? baseUrls : baseUrls.map((base) => new URL(media, base).href),
    ...(range && { range, size: range.last - range.first + 1 }),
  };
}
