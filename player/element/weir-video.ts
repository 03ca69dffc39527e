// <weir-video src="….mpd">: the engine behind the interface of HTMLVideoElement, so that any controls work on it.
import { CustomVideoElement } from 'custom-media-element';
import { MediaTracksMixin } from 'media-tracks';
import { StreamingError } from '../core/errors.ts';
import type { SessionEvent } from '../core/session/event.ts';
import { createPlayer } from '../engine/create-player.ts';
import type { Player } from '../engine/player.ts';
import { type AudioList, createAudioList } from './audio-list.ts';
import { toMediaError } from './media-error.ts';
import { createVideoList, type VideoList } from './video-list.ts';

/** Attributes that the engine obeys in place of the inner <video>, which would fetch the MPD as if it were media. */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set(['src', 'preload']);

/**
 * `preload="none"` waits for the first `play()`; otherwise a source is loaded as soon as it is set.
 * Fires `playerchange` when `player` is another one than before, and `error` only when the player gave up.
 */
export class WeirVideo extends MediaTracksMixin(CustomVideoElement) {
  static override getTemplateHTML = (attributes: Record<string, string>): string =>
    CustomVideoElement.getTemplateHTML(
      Object.fromEntries(Object.entries(attributes).filter(([name]) => !OWN_ATTRIBUTES.has(name))),
    );

  #player: Player | undefined;
  #error: MediaError | undefined;
  #loadIsDue = false;
  readonly #videoList: VideoList = createVideoList(this, (id) => this.#player?.pin(id));
  readonly #audioList: AudioList = createAudioList(this, (id) => this.#player?.selectAudio(id));

  /** The engine at work; undefined before a source is loaded and after the element has left the document. */
  get player(): Player | undefined {
    return this.#player;
  }

  override get error(): MediaError | null {
    return this.#error ?? null;
  }

  override get currentSrc(): string {
    return this.#player ? new URL(this.getAttribute('src') ?? '', document.baseURI).href : '';
  }

  /** Starts over with the present `src`. */
  override load(): void {
    this.#loadIsDue = false;
    this.#unload();
    if (!this.hasAttribute('src')) return;
    this.dispatchEvent(new Event('loadstart'));
    if (this.getAttribute('preload') !== 'none' || this.hasAttribute('autoplay')) this.#start();
  }

  /** Rejects with `NotSupportedError` when the source has failed already. */
  override async play(): Promise<void> {
    if (this.#loadIsDue) this.load();
    if (!this.#player && !this.#error && this.hasAttribute('src')) this.#start();
    if (this.#error) throw new DOMException(this.#error.message, 'NotSupportedError');
    await this.nativeEl.play();
  }

  override attributeChangedCallback(name: string, before?: string | null, after?: string | null): void {
    if (name === 'src' && before !== after) this.#loadSoon();
    if (!OWN_ATTRIBUTES.has(name)) super.attributeChangedCallback(name, before, after);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.#player && this.hasAttribute('src')) this.#loadSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A move in the document disconnects and connects within one task, and must not end playback.
    setTimeout(() => {
      if (!this.isConnected) this.#unload();
    });
  }

  /** What the inner <video> calls an error, the engine may still mend; it tells by its state when it could not. */
  override handleEvent(event: Event): void {
    if (event.type !== 'error') super.handleEvent(event);
  }

  /** After the present script, when all attributes are there. */
  #loadSoon(): void {
    if (this.#loadIsDue) return;
    this.#loadIsDue = true;
    queueMicrotask(() => {
      if (this.#loadIsDue) this.load();
    });
  }

  #start(): void {
    const url = this.getAttribute('src') ?? '';
    if (!URL.canParse(url, document.baseURI)) {
      this.#giveUp(new StreamingError('network', `“${url}” is not a web address.`));
      return;
    }
    const player = createPlayer(this.nativeEl, { url });
    this.#player = player;
    player.subscribe((event) => this.#observe(player, event));
    player.ready.then(
      () => this.#updateLists(player),
      (error: unknown) => this.#fail(player, error),
    );
    this.dispatchEvent(new Event('playerchange'));
  }

  #unload(): void {
    const player = this.#player;
    if (!player && !this.#error) return;
    this.#player = undefined;
    this.#error = undefined;
    player?.dispose();
    this.#videoList.clear();
    this.#audioList.clear();
    // The lists announce no removal of their own: controls read them again on this event.
    this.dispatchEvent(new Event('emptied'));
    this.dispatchEvent(new Event('playerchange'));
  }

  #observe(player: Player, event: SessionEvent): void {
    if (event.type === 'state' && event.state === 'failed') this.#fail(player, player.error);
    // Another period may offer other representations.
    if (event.type === 'shown') this.#updateLists(player);
  }

  #updateLists(player: Player): void {
    if (player !== this.#player) return;
    this.#videoList.update(player);
    this.#audioList.update(player);
  }

  #fail(player: Player, error: unknown): void {
    if (player !== this.#player || this.#error) return;
    if (error instanceof StreamingError) this.#giveUp(error);
    else reportError(error);
  }

  #giveUp(error: StreamingError): void {
    this.#error = toMediaError(error);
    this.dispatchEvent(new Event('error'));
  }
}

if (!customElements.get('weir-video')) customElements.define('weir-video', WeirVideo);

declare global {
  interface HTMLElementTagNameMap {
    'weir-video': WeirVideo;
  }
}
