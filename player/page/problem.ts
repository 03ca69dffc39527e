// Fills the error dialog of the controls with our own words and a way out.
import { findElement } from './find-element.ts';

const HEADINGS: Readonly<Record<number, string>> = {
  2: 'The film does not arrive',
  3: 'The film cannot be decoded',
  4: 'The film cannot be played',
};

/** A heading for a MediaError code. */
export function headingOf(code: number): string {
  return HEADINGS[code] ?? 'The film stopped';
}

/** The dialog opens by itself on `error`, with the slot `error-<code>` as its content. */
export function showProblems(video: HTMLVideoElement, problem: HTMLElement, signal: AbortSignal): void {
  const heading = findElement('h2', HTMLElement, problem);
  const sentence = findElement('p', HTMLElement, problem);

  const show = (): void => {
    const error = video.error;
    if (!error) return;
    heading.textContent = headingOf(error.code);
    sentence.textContent = error.message;
    problem.slot = `error-${error.code}`;
  };
  const tryAgain = (): void => {
    video.load();
    // A browser that refuses to start by script leaves the film paused, with its play button in sight.
    video.play().catch(() => {});
  };

  video.addEventListener('error', show, { signal });
  findElement('button', HTMLButtonElement, problem).addEventListener('click', tryAgain, { signal });
}
