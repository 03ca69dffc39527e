// Does what a key asks for, and says in two words what was done.
import type { Action } from './shortcuts.ts';

const MIN_RATE = 0.25;
const MAX_RATE = 3;

export interface Stage {
  readonly video: HTMLVideoElement;
  /** The <media-controller>: it owns volume, speed, captions and fullscreen, and listens to requests. */
  readonly controller: HTMLElement;
}

/** The text for the viewer; empty when the picture itself shows what happened. */
export function performAction(action: Action, stage: Stage): string {
  const { video } = stage;
  switch (action.type) {
    case 'toggle-play':
      return togglePlay(stage);
    case 'seek-by':
      return seek(video, video.currentTime + action.seconds) ? sayStep(action.seconds) : '';
    case 'seek-to':
      return seek(video, video.duration * action.fraction) ? `${Math.round(action.fraction * 100)} %` : '';
    case 'volume-by':
      return setVolume(stage, video.volume + action.fraction);
    case 'rate-by':
      return setRate(stage, video.playbackRate + action.difference);
    case 'normal-rate':
      return setRate(stage, 1);
    case 'toggle-mute':
      return toggleMute(stage);
    case 'toggle-fullscreen':
      request(
        stage,
        has(stage, 'mediaisfullscreen') ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest',
      );
      return '';
    case 'toggle-captions':
      return toggleCaptions(stage);
  }
}

function togglePlay(stage: Stage): string {
  const wasPaused = stage.video.paused;
  request(stage, wasPaused ? 'mediaplayrequest' : 'mediapauserequest');
  return wasPaused ? 'Play' : 'Pause';
}

/** False when the film is not there yet. */
function seek(video: HTMLVideoElement, time: number): boolean {
  if (!Number.isFinite(video.duration)) return false;
  video.currentTime = Math.min(Math.max(time, 0), video.duration);
  return true;
}

function setVolume(stage: Stage, wanted: number): string {
  const volume = Math.round(Math.min(Math.max(wanted, 0), 1) * 100) / 100;
  request(stage, 'mediavolumerequest', volume);
  return `Volume ${Math.round(volume * 100)} %`;
}

function setRate(stage: Stage, wanted: number): string {
  const rate = Math.min(Math.max(wanted, MIN_RATE), MAX_RATE);
  request(stage, 'mediaplaybackraterequest', rate);
  return `Speed ${rate}×`;
}

function toggleMute(stage: Stage): string {
  const wasMuted = stage.video.muted;
  request(stage, wasMuted ? 'mediaunmuterequest' : 'mediamuterequest');
  return wasMuted ? 'Sound on' : 'Muted';
}

function toggleCaptions(stage: Stage): string {
  if (!has(stage, 'mediasubtitleslist')) return 'No captions';
  request(stage, 'mediatogglesubtitlesrequest');
  return has(stage, 'mediasubtitlesshowing') ? 'Captions on' : 'Captions off';
}

function sayStep(seconds: number): string {
  return `${seconds < 0 ? '−' : '+'}${Math.abs(seconds)} s`;
}

function has(stage: Stage, attribute: string): boolean {
  return stage.controller.hasAttribute(attribute);
}

function request(stage: Stage, type: string, detail?: unknown): void {
  stage.controller.dispatchEvent(new CustomEvent(type, { detail }));
}
