/** From the text of an MPD to the presentation it describes (ISO/IEC 23009-1 §5). */
import type { StreamingError } from '../errors.ts';
import { duration } from './attributes.ts';
import { resolveBaseUrls } from './base-url.ts';
import { checkEssentials } from './essential-property.ts';
import { readPeriods } from './period.ts';
import type { Presentation } from './presentation.ts';
import { readXml } from './xml.ts';
import { invalid, unsupported, type XmlElement } from './xml-element.ts';

/**
 * `url` is absolute: the one that answered, after redirects. What this player must not or cannot use (unknown
 * EssentialProperty, trick play, remote elements, dependent layers) is left out as long as something remains.
 * @throws StreamingError `mpd-invalid` or `mpd-unsupported`, with `details.path` (XPath) and `details.line`.
 */
export function readMpd(text: string, url: string): Presentation {
  const mpd = readXml(text);
  checkRoot(mpd);
  const refusals: StreamingError[] = [];
  const total = duration([mpd], 'mediaPresentationDuration');
  const periods = readPeriods(mpd, { baseUrls: resolveBaseUrls([url], mpd), total, refusals });
  const last = periods.at(-1);
  if (!last) throw refusals[0] ?? invalid(mpd, 'has no Period with an AdaptationSet to play.');
  return {
    duration: last.start + last.duration,
    minBufferTime: duration([mpd], 'minBufferTime') ?? 0,
    periods,
  };
}

function checkRoot(mpd: XmlElement): void {
  if (mpd.name !== 'MPD') throw invalid(mpd, 'is not the root of an MPD.');
  if (mpd.attributes.get('type') === 'dynamic') {
    throw unsupported(
      mpd,
      'is dynamic (live), which this player does not play; it plays static presentations.',
    );
  }
  checkEssentials(mpd);
}
