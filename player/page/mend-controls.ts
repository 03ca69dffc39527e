// Mends what the controls leave undone: names and roles for screen readers, visibility under keyboard focus, the
// switch for single-key shortcuts.
import { findElement } from './find-element.ts';
import { readPreference, writePreference } from './preferences.ts';

export function mendControls(controller: HTMLElement, signal: AbortSignal): void {
  nameBackButtons(controller);
  keepVisibleUnderFocus(controller, signal);
  bindShortcutSwitch(controller, signal);
}

/** A plain <button> is no allowed child of role=menu (ARIA 1.2 §5.2.6). */
function nameBackButtons(controller: HTMLElement): void {
  for (const menu of controller.querySelectorAll('[role=menu]')) {
    for (const button of menu.shadowRoot?.querySelectorAll('button[part~=back]') ?? []) {
      button.setAttribute('role', 'menuitem');
    }
  }
}

/** Marks the controller while the keyboard is inside it, so that the style can keep the controls (WCAG 2.4.7). */
function keepVisibleUnderFocus(controller: HTMLElement, signal: AbortSignal): void {
  const mark = (event: FocusEvent): void => {
    const focused = event.composedPath()[0];
    const byKeyboard =
      focused instanceof Element && focused !== controller && focused.matches(':focus-visible');
    controller.toggleAttribute('keyboardfocus', byKeyboard);
  };
  controller.addEventListener('focusin', mark, { signal });
  controller.addEventListener('focusout', () => controller.removeAttribute('keyboardfocus'), { signal });
}

/** Single-character keys can be switched off (WCAG 2.1.4). The menu announces no `change` when an item is unchecked. */
function bindShortcutSwitch(controller: HTMLElement, signal: AbortSignal): void {
  const item = findElement('.single-keys', HTMLElement, controller);
  item.toggleAttribute('checked', readPreference('shortcuts') !== 'off');
  const store = (): void => {
    writePreference('shortcuts', item.getAttribute('aria-checked') === 'true' ? 'on' : 'off');
  };
  const observer = new MutationObserver(store);
  observer.observe(item, { attributeFilter: ['aria-checked'] });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
