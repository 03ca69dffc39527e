// Listens for the player's keys on the whole page, as long as nothing else on it has the focus.
import { performAction, type Stage } from './perform-action.ts';
import { readPreference } from './preferences.ts';
import { actionOf, type Focus, isSingleCharacter } from './shortcuts.ts';

/** `say` gets two words for the viewer about what a key did. */
export function listenToKeys(stage: Stage, say: (text: string) => void, signal: AbortSignal): void {
  const handle = (event: KeyboardEvent): void => {
    const action = actionOf(event, focusOf(event.composedPath(), stage.controller));
    if (!action) return;
    if (isSingleCharacter(event) && readPreference('shortcuts') === 'off') return;
    event.preventDefault();
    event.stopPropagation();
    const text = performAction(action, stage);
    if (text !== '') say(text);
  };
  // Before the controls see it: a slider would step by its own measure.
  document.addEventListener('keydown', handle, { signal, capture: true });
}

function focusOf(path: readonly EventTarget[], player: HTMLElement): Focus {
  const elements = path.filter((target) => target instanceof Element);
  if (elements[0] === document.body || elements[0] === document.documentElement) return 'film';
  const inside = elements.slice(0, elements.indexOf(player) + 1);
  return (
    inside.map(focusOfElement).find((focus) => focus !== undefined) ?? (inside.length > 0 ? 'film' : 'other')
  );
}

function focusOfElement(element: Element): Focus | undefined {
  if (element.localName === 'media-time-range') return 'seek-bar';
  if (element.localName === 'media-volume-range') return 'slider';
  if (element.matches('[role=menu], [role=dialog], textarea, select, [contenteditable]')) return 'other';
  if (element.matches('button, a, [role=button]')) return 'button';
  return undefined;
}
