// Mends what the controls leave undone: names and roles for screen readers, visibility under keyboard focus, the
// switch for single-key shortcuts.
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

/** Single-character keys can be switched off (WCAG 2.1.4). */
function bindShortcutSwitch(controller: HTMLElement, signal: AbortSignal): void {
  const item = controller.querySelector('.single-keys');
  if (!(item instanceof HTMLElement)) return;
  const isOn = (): boolean => item.getAttribute('aria-checked') === 'true';
  item.toggleAttribute('checked', readPreference('shortcuts') !== 'off');
  const store = (): void => writePreference('shortcuts', isOn() ? 'on' : 'off');
  controller.querySelector('media-settings-menu')?.addEventListener('change', store, { signal });
}
