// Shows for a moment over the film what a key did. Sighted viewers only: the controls announce the same themselves.

/** Starts anew when a key follows before the last text has faded. */
export function showKeyFeedback(element: HTMLElement, text: string): void {
  element.textContent = text;
  for (const animation of element.getAnimations()) animation.cancel();
  element.animate([{ opacity: 1 }, { opacity: 1, offset: 0.7 }, { opacity: 0 }], { duration: 900 });
}
