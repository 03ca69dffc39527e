// Finds what the page's own HTML promises.

/** @throws Error when the HTML and the script have drifted apart. */
export function findElement<T extends Element>(
  selector: string,
  type: new () => T,
  within: ParentNode = document,
): T {
  const element = within.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`This page has no ${type.name} at "${selector}".`);
}
