// Which key does what while a film is on the page: one table for the handler, its tests and its documentation.

export type Action =
  | { readonly type: 'toggle-play' }
  | { readonly type: 'seek-by'; readonly seconds: number }
  /** 0 is the beginning of the film, 1 its end. */
  | { readonly type: 'seek-to'; readonly fraction: number }
  /** A part of full volume. */
  | { readonly type: 'volume-by'; readonly fraction: number }
  | { readonly type: 'rate-by'; readonly difference: number }
  | { readonly type: 'normal-rate' }
  | { readonly type: 'toggle-mute' }
  | { readonly type: 'toggle-fullscreen' }
  | { readonly type: 'toggle-captions' };

export interface Shortcut {
  /** Values of KeyboardEvent.key; letters in lower case. */
  readonly keys: readonly string[];
  readonly shift?: true;
  readonly action: Action;
}

const TENTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: [' ', 'k'], action: { type: 'toggle-play' } },
  { keys: ['ArrowLeft'], action: { type: 'seek-by', seconds: -5 } },
  { keys: ['ArrowRight'], action: { type: 'seek-by', seconds: 5 } },
  { keys: ['j'], action: { type: 'seek-by', seconds: -10 } },
  { keys: ['l'], action: { type: 'seek-by', seconds: 10 } },
  { keys: ['ArrowLeft'], shift: true, action: { type: 'seek-by', seconds: -60 } },
  { keys: ['ArrowRight'], shift: true, action: { type: 'seek-by', seconds: 60 } },
  { keys: ['Home'], action: { type: 'seek-to', fraction: 0 } },
  { keys: ['End'], action: { type: 'seek-to', fraction: 1 } },
  ...TENTHS.map(
    (tenth): Shortcut => ({ keys: [`${tenth}`], action: { type: 'seek-to', fraction: tenth / 10 } }),
  ),
  { keys: ['ArrowUp'], action: { type: 'volume-by', fraction: 0.05 } },
  { keys: ['ArrowDown'], action: { type: 'volume-by', fraction: -0.05 } },
  { keys: ['m'], action: { type: 'toggle-mute' } },
  { keys: ['f'], action: { type: 'toggle-fullscreen' } },
  { keys: ['c'], action: { type: 'toggle-captions' } },
  { keys: ['>'], action: { type: 'rate-by', difference: 0.25 } },
  { keys: ['<'], action: { type: 'rate-by', difference: -0.25 } },
  { keys: ['Backspace'], action: { type: 'normal-rate' } },
];

/** The seek bar is a slider, but steps in seconds whatever the film's length. */
const SEEK_BAR_SHORTCUTS: readonly Shortcut[] = [
  { keys: ['ArrowLeft', 'ArrowDown'], action: { type: 'seek-by', seconds: -5 } },
  { keys: ['ArrowRight', 'ArrowUp'], action: { type: 'seek-by', seconds: 5 } },
  { keys: ['PageDown'], action: { type: 'seek-by', seconds: -60 } },
  { keys: ['PageUp'], action: { type: 'seek-by', seconds: 60 } },
];

/** What has the keyboard focus; it decides which keys are free. */
export type Focus =
  /** Nothing in particular, or the player itself. */
  | 'film'
  | 'seek-bar'
  | 'slider'
  | 'button'
  /** An open menu, a dialog, a field to type in, a link beside the player: all keys are theirs. */
  | 'other';

/** The part of a KeyboardEvent that matters here. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

const KEYS_OF_BUTTONS: ReadonlySet<string> = new Set([' ', 'Enter']);
const KEYS_OF_SLIDERS: ReadonlySet<string> = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** Undefined when the key is not ours: it then does what it would do without this table. */
export function actionOf(press: KeyPress, focus: Focus): Action | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey || press.isComposing || focus === 'other')
    return undefined;
  const key = latinKey(press);
  if (focus === 'button' && KEYS_OF_BUTTONS.has(key)) return undefined;
  if (focus === 'slider' && KEYS_OF_SLIDERS.has(key)) return undefined;
  const table = focus === 'seek-bar' ? [...SEEK_BAR_SHORTCUTS, ...SHORTCUTS] : SHORTCUTS;
  return table.find((shortcut) => shortcut.keys.includes(key) && shiftFits(shortcut, key, press))?.action;
}

/** Whether a shortcut is typed with one character: WCAG 2.1.4 asks that a viewer can switch these off. */
export function isSingleCharacter(press: KeyPress): boolean {
  return press.key.length === 1 && press.key !== ' ';
}

/** Lower case whatever Caps Lock says; the key's place on the keyboard where the layout writes no Latin letters. */
function latinKey({ key, code }: KeyPress): string {
  if (key.length !== 1) return key;
  const isLatin = key.charCodeAt(0) < 0x250;
  return (isLatin || !code.startsWith('Key') ? key : code.slice('Key'.length)).toLowerCase();
}

/** Signs and digits need Shift on some keyboards and none on others, so for these it says nothing. */
function shiftFits(shortcut: Shortcut, key: string, press: KeyPress): boolean {
  const saysNothing = key.length === 1 && !/[a-z]/.test(key);
  return saysNothing || press.shiftKey === (shortcut.shift ?? false);
}
