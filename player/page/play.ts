// The play page: any MPD on the web, named by the address /play?mpd=<url>; a form asks for one when none is named.
import type { Presentation } from '../core/dash/presentation.ts';
import { findElement } from './find-element.ts';
import { nameOf, readMpdAddress } from './mpd-address.ts';
import { createPlayerFrame } from './player-frame.ts';
import { formatDuration, formatRung, joinFacts } from './title-facts.ts';

const leaving = new AbortController();
const { signal } = leaving;
addEventListener('pagehide', (event) => event.persisted || leaving.abort());

const form = findElement('#ask', HTMLFormElement);
const field = findElement('#mpd', HTMLInputElement);
const problem = findElement('#address-problem', HTMLElement);

field.addEventListener('input', () => complain(''), { signal });
form.addEventListener('submit', checkBeforeLeaving, { signal });

const asked = new URLSearchParams(location.search).get('mpd')?.trim() ?? '';
if (asked === '') field.focus();
else openOrComplain(asked);

/** The form itself leads to the page's address with the MPD in it; here it only may not lead nowhere. */
function checkBeforeLeaving(event: SubmitEvent): void {
  const address = readMpdAddress(field.value, location.href);
  if (address.ok) return;
  event.preventDefault();
  complain(address.reason);
  field.focus();
}

function openOrComplain(text: string): void {
  field.value = text;
  const address = readMpdAddress(text, location.href);
  if (address.ok) play(address.url);
  else complain(address.reason);
}

function play(url: URL): void {
  document.title = `${url.hostname} · Weir`;
  findElement('h1', HTMLElement).textContent = nameOf(url);
  findElement('#lead', HTMLElement).hidden = true;
  const facts = findElement('#facts', HTMLElement);
  facts.hidden = false;
  facts.textContent = url.hostname;
  const stage = findElement('#stage', HTMLElement);
  stage.hidden = false;
  const { element, video } = createPlayerFrame(stage, { url: url.href }, signal);

  const describe = (): void => {
    const presentation = video.player?.presentation;
    if (!presentation) return;
    facts.textContent = joinFacts([...describePresentation(presentation), url.hostname]);
    element.classList.toggle('audio-only', bestSize(presentation) === undefined);
  };
  video.addEventListener('loadedmetadata', describe, { signal });
}

function describePresentation(presentation: Presentation): string[] {
  const size = bestSize(presentation);
  return [formatDuration(presentation.duration), size ? formatRung(size) : 'Audio'];
}

function bestSize(presentation: Presentation): { width?: number; height?: number } | undefined {
  return presentation.periods
    .flatMap((period) => period.adaptationSets)
    .filter((set) => set.contentType === 'video')
    .flatMap((set) => set.representations)
    .at(-1);
}

function complain(reason: string): void {
  problem.textContent = reason;
  field.setAttribute('aria-invalid', `${reason !== ''}`);
}
