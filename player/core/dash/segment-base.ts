/** SegmentBase, or a BaseURL alone: one file, with a segment index inside or without (ISO/IEC 23009-1 §5.3.9.2). */
import type { AddressingContext, Located, SegmentInformation } from './addressing-context.ts';
import { byteRange, inheritedChild } from './attributes.ts';
import { initializationOf, urlTypeResource } from './initialization.ts';
import type { Resource } from './presentation.ts';
import { createSegmentList } from './segment-list.ts';
import { offsetOf } from './segment-timing.ts';
import { childNamed, invalid, type XmlElement } from './xml-element.ts';

/**
 * Pictures and text outside MP4 are one segment; all else has its index at @indexRange or RepresentationIndex, or
 * somewhere behind the initialization.
 * @throws StreamingError `mpd-invalid` when no BaseURL names a file.
 */
export function baseAddressing(context: AddressingContext, information: SegmentInformation): Located {
  const { chain, line } = information;
  const media: Resource = { urls: context.baseUrls };
  if (!isFile(context))
    throw invalid(context.element, 'names no media: no BaseURL gives a file, no Segment element more.');
  if (isOneSegment(context)) {
    const timing = { count: 1, start: () => line.start, duration: () => line.end - line.start };
    return { addressing: { kind: 'list', segments: createSegmentList(timing, () => media) } };
  }
  const apart = inheritedChild(chain, 'RepresentationIndex');
  const range = byteRange(chain, 'indexRange');
  return {
    ...(range && !apart && !/webm/.test(context.mimeType) && bytesBefore(range.first, media)),
    ...initializationOf(context, chain),
    addressing: {
      kind: 'index',
      index: apart ? urlTypeResource(apart, context) : { ...media, ...(range && { range }) },
      media,
      presentationTimeOffset: offsetOf(line),
    },
  };
}

/** An MP4 file of which only the index is announced holds its initialization in front of that. */
function bytesBefore(position: number, media: Resource): { readonly initialization?: Resource } {
  return position > 0 ? { initialization: { ...media, range: { first: 0, last: position - 1 } } } : {};
}

function isOneSegment({ contentType, mimeType }: AddressingContext): boolean {
  return contentType === 'image' || (contentType === 'text' && !/mp4|webm/.test(mimeType));
}

function isFile({ element, baseUrls }: AddressingContext): boolean {
  let at: XmlElement | undefined = element;
  while (at && !childNamed(at, 'BaseURL')) at = at.parent;
  return at !== undefined && !baseUrls.some((url) => url.endsWith('/'));
}
