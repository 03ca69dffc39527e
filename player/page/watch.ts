// The watch page: one film of the library, named by the address /watch/<id>.
import { StreamingError } from '../core/errors.ts';
import { findElement } from './find-element.ts';
import { createPlayerFrame } from './player-frame.ts';
import { describeTitle } from './title-facts.ts';
import { fetchTitle, type TitleSummary } from './titles.ts';

const watch = findElement('#watch', HTMLElement);
const missing = findElement('#missing', HTMLElement);

const leaving = new AbortController();
addEventListener('pagehide', (event) => event.persisted || leaving.abort());

await open(titleIdOf(location.pathname));

async function open(id: string): Promise<void> {
  try {
    const title = await fetchTitle(id, leaving.signal);
    if (title) showTitle(title);
    else showMissing('There is no such film', `The library has no film called “${id}”.`);
  } catch (error) {
    if (!(error instanceof StreamingError)) throw error;
    showMissing('This film cannot be played', error.message);
  }
}

function showTitle(title: TitleSummary): void {
  document.title = `${title.title} · Weir`;
  findElement('#title', HTMLElement).textContent = title.title;
  findElement('#facts', HTMLElement).textContent = describeTitle(title);
  createPlayerFrame(findElement('#stage', HTMLElement), { ...title, url: title.manifest }, leaving.signal);
}

function showMissing(heading: string, sentence: string): void {
  document.title = `${heading} · Weir`;
  findElement('h1', HTMLElement, missing).textContent = heading;
  findElement('p', HTMLElement, missing).textContent = sentence;
  watch.hidden = true;
  missing.hidden = false;
}

/** The last part of the path; what is no valid percent-encoding stands for itself. */
function titleIdOf(path: string): string {
  const part = path.split('/').filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
