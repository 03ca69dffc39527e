/**
 * Typed attributes of elements that inherit: a chain is the same element at each level, innermost first, and the
 * innermost level that has an attribute decides (ISO/IEC 23009-1 §5.3.9.1). A lone element is a chain of one.
 * Each reader answers undefined when no level has the attribute.
 */
import { parseByteRange } from './byte-range.ts';
import { parseDuration } from './duration.ts';
import type { ByteRange } from './presentation.ts';
import { childNamed, invalid, type XmlElement } from './xml-element.ts';

export type Chain = readonly XmlElement[];

export function holderOf(chain: Chain, name: string): XmlElement | undefined {
  return chain.find((element) => element.attributes.has(name));
}

export function attribute(chain: Chain, name: string): string | undefined {
  return holderOf(chain, name)?.attributes.get(name);
}

/** The child of the innermost level that has one. */
export function inheritedChild(chain: Chain, name: string): XmlElement | undefined {
  for (const element of chain) {
    const child = childNamed(element, name);
    if (child) return child;
  }
  return undefined;
}

/** @throws StreamingError `mpd-invalid` unless it is a whole number from 0 to 2^53 − 1. */
export function wholeNumber(chain: Chain, name: string): number | undefined {
  return parsed(chain, name, 'a whole number', (text) => {
    const number = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(number) ? number : undefined;
  });
}

/** Whole numbers of any size and sign: ticks of fine timescales since 1970 pass 2^53. */
export function ticks(chain: Chain, name: string): bigint | undefined {
  return parsed(chain, name, 'a whole number', (text) =>
    /^\s*-?\d+\s*$/.test(text) ? BigInt(text) : undefined,
  );
}

export function duration(chain: Chain, name: string): number | undefined {
  return parsed(chain, name, 'a duration such as PT8.5S', parseDuration);
}

export function byteRange(chain: Chain, name: string): ByteRange | undefined {
  return parsed(chain, name, 'a byte range such as 0-861', parseByteRange);
}

/** `25`, `29.97` or `30000/1001`. */
export function frameRate(chain: Chain): number | undefined {
  return parsed(chain, 'frameRate', 'a frame rate such as 25 or 30000/1001', (text) => {
    const [over = Number.NaN, under = 1] = text.split('/').map(Number);
    return over > 0 && under > 0 ? over / under : undefined;
  });
}

function parsed<T>(chain: Chain, name: string, what: string, parse: (text: string) => T | undefined) {
  const holder = holderOf(chain, name);
  if (!holder) return undefined;
  const text = holder.attributes.get(name) ?? '';
  const value = parse(text);
  if (value === undefined)
    throw invalid(holder, `has @${name}="${text.slice(0, 80)}", which is not ${what}.`);
  return value;
}
