/** Which EssentialProperty descriptors this player honours: an element with any other must not be used (§5.8.4.8). */
import { childrenNamed, unsupported, type XmlElement } from './xml-element.ts';

/**
 * Tiles are the meaning of an image set. The colour descriptors (ISO/IEC 23091-2) repeat what the bit stream says,
 * which the browser's decoder follows.
 */
const HONOURED =
  /^(http:\/\/dashif\.org\/(guidelines\/)?thumbnail_tile|urn:mpeg:mpegB:cicp:(ColourPrimaries|TransferCharacteristics|MatrixCoefficients|VideoFullRangeFlag))$/;

/**
 * Trick-play sets, tiles of a larger view and parametrized URLs are refused here.
 * @throws StreamingError `mpd-unsupported` for a descriptor that is not honoured.
 */
export function checkEssentials(element: XmlElement): void {
  for (const { attributes } of childrenNamed(element, 'EssentialProperty')) {
    const scheme = attributes.get('schemeIdUri') ?? '';
    if (!HONOURED.test(scheme))
      throw unsupported(element, `needs "${scheme}", which this player does not know.`);
  }
}
