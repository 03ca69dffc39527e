// The library page: shows the server's titles as cards, or says why there are none.
import { StreamingError } from '../core/errors.ts';
import { findElement } from './find-element.ts';
import { describeTitle } from './title-facts.ts';
import { fetchListing, type Listing, type TitleSummary } from './titles.ts';

type View = 'loading' | 'titles' | 'empty' | 'failed';

/** Cards that are likely on the first screen: their posters are not lazy. */
const EAGER_POSTERS = 8;

const views: Readonly<Record<View, HTMLElement>> = {
  loading: findElement('#loading', HTMLElement),
  titles: findElement('#titles', HTMLElement),
  empty: findElement('#empty', HTMLElement),
  failed: findElement('#failed', HTMLElement),
};
const damaged = findElement('#damaged', HTMLDetailsElement);
const cardTemplate = findElement('#card', HTMLTemplateElement);

let loading = new AbortController();
let shown = '';

findElement('#retry', HTMLButtonElement).addEventListener('click', () => {
  showOnly('loading');
  void refresh();
});
// A film packaged meanwhile is there when the viewer comes back to the page.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh();
});
await refresh();

async function refresh(): Promise<void> {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  try {
    showListing(await fetchListing(signal));
  } catch (error) {
    if (!signal.aborted) showFailure(error);
  }
}

/** Leaves the page as it is when nothing has changed: the viewer may be in the midst of it. */
function showListing(listing: Listing): void {
  const version = JSON.stringify(listing);
  if (version === shown) return;
  shown = version;
  views.titles.replaceChildren(...listing.titles.map(createCard));
  showDamaged(listing.damaged);
  showOnly(listing.titles.length > 0 ? 'titles' : 'empty');
}

function createCard(title: TitleSummary, position: number): Node {
  const card = document.importNode(cardTemplate.content, true);
  const link = findElement('a', HTMLAnchorElement, card);
  link.href = `/watch/${encodeURIComponent(title.id)}`;
  link.textContent = title.title;
  findElement('.facts', HTMLElement, card).textContent = describeTitle(title);
  const poster = findElement('img', HTMLImageElement, card);
  if (!title.poster) {
    poster.remove();
    return card;
  }
  poster.loading = position < EAGER_POSTERS ? 'eager' : 'lazy';
  poster.addEventListener('error', () => poster.remove(), { once: true });
  poster.src = title.poster;
  return card;
}

function showDamaged(titles: Listing['damaged']): void {
  damaged.hidden = titles.length === 0;
  findElement('summary', HTMLElement, damaged).textContent =
    titles.length === 1 ? '1 title cannot be played' : `${titles.length} titles cannot be played`;
  findElement('ul', HTMLElement, damaged).replaceChildren(
    ...titles.map(({ id, reason }) => {
      const item = document.createElement('li');
      const name = document.createElement('b');
      name.textContent = id;
      item.append(name, ` ${reason}`);
      return item;
    }),
  );
}

function showFailure(error: unknown): void {
  shown = '';
  damaged.hidden = true;
  findElement('#reason', HTMLElement).textContent =
    error instanceof StreamingError ? error.message : `The page itself failed: ${error}`;
  showOnly('failed');
}

function showOnly(view: View): void {
  for (const [name, element] of Object.entries(views)) element.hidden = name !== view;
}
