/**
 * URL templates of SegmentTemplate (ISO/IEC 23009-1 §5.3.9.4.4): `$RepresentationID$`, `$Bandwidth$`, `$Number$`,
 * `$Time$`, each number with an optional width as in `$Number%05d$`, and `$$` for a dollar.
 */
import type { NumberedTiming } from './segment-timing.ts';
import { invalid, type XmlElement } from './xml-element.ts';

export interface UrlTemplate {
  /** Whether segments have different URLs. */
  readonly varies: boolean;
  fill(timing: NumberedTiming, position: number): string;
}

type Part = (timing: NumberedTiming, position: number) => string;

const IDENTIFIER = /^(RepresentationID|Bandwidth|Number|Time)(?:%0(\d{1,2})d)?$/;

/** @throws StreamingError `mpd-invalid` for an identifier the standard does not know, or a `$` without a partner. */
export function parseTemplate(
  text: string,
  fixed: { readonly id: string; readonly bandwidth: number },
  element: XmlElement,
): UrlTemplate {
  const pieces = text.split('$');
  if (pieces.length % 2 === 0)
    throw invalid(element, `has a "$" without a partner in the template "${text}".`);
  const parts = pieces.map((piece, i) => (i % 2 === 0 ? literal(piece) : substitution(piece, fixed)));
  const unknown = parts.indexOf(undefined);
  if (unknown >= 0) {
    throw invalid(element, `has the unknown identifier "$${pieces[unknown]}$" in the template "${text}".`);
  }
  return {
    varies: pieces.some((piece, i) => i % 2 === 1 && /^(Number|Time)/.test(piece)),
    fill: (timing, position) => parts.map((part) => part?.(timing, position)).join(''),
  };
}

function literal(text: string): Part {
  return () => text;
}

/** What stands between two dollars; undefined when the standard does not know it. */
function substitution(
  piece: string,
  fixed: { readonly id: string; readonly bandwidth: number },
): Part | undefined {
  if (piece === '') return literal('$');
  const [, identifier, width] = IDENTIFIER.exec(piece) ?? [];
  const padded = (value: string) => value.padStart(Number(width ?? 0), '0');
  switch (identifier) {
    case 'RepresentationID':
      return literal(fixed.id);
    case 'Bandwidth':
      return literal(padded(String(fixed.bandwidth)));
    case 'Number':
      return (timing, position) => padded(String(timing.number(position)));
    case 'Time':
      return (timing, position) => padded(timing.time(position));
    default:
      return undefined;
  }
}
