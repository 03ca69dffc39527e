// Builds the player of the watch and play pages: the element first, so that media is on its way, then the controls.
import '../element/weir-video.ts';
import type { WeirVideo } from '../element/weir-video.ts';
import { findElement } from './find-element.ts';
import { showKeyFeedback } from './key-feedback.ts';
import { listenToKeys } from './keyboard.ts';
import { mendControls } from './mend-controls.ts';
import markup from './player-frame.html?raw';
import { showProblems } from './problem.ts';
import { showStateNotices } from './state-notice.ts';

export interface Film {
  /** URL of the MPD. */
  readonly url: string;
  readonly poster?: string;
  /** Seconds; shown before the MPD is read. */
  readonly duration?: number;
  /** Of the picture; its proportions are the player's, so nothing moves when the film arrives. */
  readonly width?: number;
  readonly height?: number;
  /** False for a film without picture. */
  readonly hasVideo?: boolean;
}

export interface PlayerFrame {
  /** The <media-controller> with everything inside. It must not be moved in the document: text tracks would be lost. */
  readonly element: HTMLElement;
  readonly video: WeirVideo;
}

/**
 * Puts a player into `place`; aborting `signal` ends its listeners. The page's address may ask for autoplay and muting.
 * Controls that do not arrive are replaced by the browser's own.
 */
export function createPlayerFrame(place: HTMLElement, film: Film, signal: AbortSignal): PlayerFrame {
  place.innerHTML = markup;
  const element = findElement('media-controller', HTMLElement, place);
  const video = place.querySelector('weir-video');
  if (!video) throw new Error('The player frame has no <weir-video>.');

  const wishes = new URLSearchParams(location.search);
  // The attribute says that the address wants silence, so that it is not remembered as the viewer's own wish.
  video.muted = isWished(wishes.get('muted'));
  video.toggleAttribute('muted', video.muted);
  video.toggleAttribute('autoplay', isWished(wishes.get('autoplay')));
  video.setAttribute('src', film.url);
  if (film.poster) video.setAttribute('poster', film.poster);
  if (film.duration) element.setAttribute('defaultduration', `${film.duration}`);
  element.classList.toggle('audio-only', film.hasVideo === false);
  followProportions(element, video, film, signal);

  showStateNotices(video, findElement('.notice', HTMLElement, element), signal);
  showProblems(video, findElement('.problem', HTMLElement, element), signal);
  const feedback = findElement('.key-feedback', HTMLElement, element);
  listenToKeys({ video, controller: element }, (text) => showKeyFeedback(feedback, text), signal);
  import('./controls.ts').then(
    () => mendControls(element, signal),
    () => video.toggleAttribute('controls', true),
  );
  return { element, video };
}

function isWished(value: string | null): boolean {
  return value !== null && value !== '0' && value !== 'false';
}

/** Takes the box's proportions from what is known beforehand, else from the picture itself. */
function followProportions(
  element: HTMLElement,
  video: HTMLVideoElement,
  film: Film,
  signal: AbortSignal,
): void {
  const set = (width: number, height: number): void => {
    if (width > 0 && height > 0) element.style.setProperty('--proportions', `${width / height}`);
  };
  if (film.width && film.height) set(film.width, film.height);
  else video.addEventListener('resize', () => set(video.videoWidth, video.videoHeight), { signal });
}
