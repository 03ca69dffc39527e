/** Which EssentialProperty descriptors this player honours: an element with any other must not be used (§5.8.4.8). */
import { childrenNamed, type XmlElement } from './xml-element.ts';

/**
 * Tiles are the meaning of an image set. The colour descriptors (ISO/IEC 23091-2) repeat what the bit stream says,
 * which the browser's decoder follows.
 */
const HONOURED: readonly RegExp[] = [
  /^http:\/\/dashif\.org\/(guidelines\/)?thumbnail_tile$/,
  /^urn:mpeg:mpegB:cicp:(ColourPrimaries|TransferCharacteristics|MatrixCoefficients|VideoFullRangeFlag)$/,
];

/** The scheme of the first descriptor that is not honoured; trick-play sets and view tiles are among them. */
export function unknownEssential(element: XmlElement): string | undefined {
  return childrenNamed(element, 'EssentialProperty')
    .map((descriptor) => descriptor.attributes.get('schemeIdUri') ?? '')
    .find((scheme) => !HONOURED.some((honoured) => honoured.test(scheme)));
}
