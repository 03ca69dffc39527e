/** The override tags of ASS, `{\an8}` and others, which have found their way into SubRip too. */
import type { Cue } from './cue.ts';

const OVERRIDES = /\{\\[^{}]*\}/g;

/** Italics and the like as tags of SubRip; all other overrides go, and so do drawings, which are no text. */
export function withoutOverrides(text: string): string {
  return text
    .replace(/\{[^{}]*\\p[1-9][^{}]*\}[^{}]*/g, '')
    .replace(OVERRIDES, (block) =>
      [...block.matchAll(/\\([ibu])([01])(?![\d.])/g)]
        .map(([, name, value]) => (value === '1' ? `<${name}>` : `</${name}>`))
        .join(''),
    );
}

/** WebVTT settings for the first `\anN` of a text; nothing for bottom centre, where captions stand anyway. */
export function alignmentSettings(text: string): Pick<Cue, 'settings'> {
  return settingsForAlignment(Number(/\{[^{}]*\\an([1-9])[^{}]*\}/.exec(text)?.[1] ?? 2));
}

/** 1 … 9 as on the number block of a keyboard: 1 is bottom left, 9 is top right. */
export function settingsForAlignment(alignment: number): Pick<Cue, 'settings'> {
  const line = ['', 'line:50%', 'line:0'][Math.ceil(alignment / 3) - 1];
  const align = ['align:left', '', 'align:right'][(alignment - 1) % 3];
  const settings = [line, align].filter(Boolean).join(' ');
  return settings ? { settings } : {};
}
