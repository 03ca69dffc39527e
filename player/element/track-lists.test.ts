// The lists that menus read, filled from a player and obeyed by it.
import { MediaTracksMixin } from 'media-tracks';
import { expect, test } from 'vitest';
import type { Player } from '../engine/player.ts';
import { type AudioListHost, createAudioList } from './audio-list.ts';
import { createVideoList, type VideoListHost } from './video-list.ts';

/** media-tracks announces its changes in microtasks. */
const announced = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function createHost(): VideoListHost & AudioListHost {
  return new (MediaTracksMixin(class extends EventTarget {}))();
}

function createPlayer(offer: { video?: string[]; audio?: string[]; pinned?: string }): Player {
  const videoRepresentations = (offer.video ?? []).map((id, i) => ({
    id,
    width: 160 * (i + 1),
    height: 90 * (i + 1),
  }));
  const audioSets = (offer.audio ?? []).map((id) => ({ id, lang: id, label: '', roles: [] }));
  return {
    videoRepresentations,
    pinned: offer.pinned,
    audioSets,
    audioSet: offer.audio?.[0],
  } as unknown as Player;
}

test('representations appear in the menu, announced, with Auto chosen', async () => {
  const host = createHost();
  let announcements = 0;
  host.videoRenditions.addEventListener('addrendition', () => announcements++);
  createVideoList(host, () => {}).update(createPlayer({ video: ['low', 'high'] }));
  await announced();
  expect([...host.videoRenditions].map(({ id, height }) => [id, height])).toEqual([
    ['low', 90],
    ['high', 180],
  ]);
  expect(host.videoRenditions.selectedIndex).toBe(-1);
  expect(announcements).toBe(2);
});

test('what the viewer selects is pinned under its own id, and Auto unpins', async () => {
  const host = createHost();
  const pins: (string | undefined)[] = [];
  createVideoList(host, (id) => pins.push(id)).update(createPlayer({ video: ['a', 'b:c d'] }));
  host.videoRenditions.selectedIndex = 1;
  await announced();
  expect(host.videoRenditions[1]?.id).not.toMatch(/[ :]/);
  host.videoRenditions.selectedIndex = -1;
  await announced();
  expect(pins).toEqual(['b:c d', undefined]);
});

test('the same offer again leaves the list alone; another makes it anew with the pin in place', () => {
  const host = createHost();
  const list = createVideoList(host, () => {});
  list.update(createPlayer({ video: ['a', 'b'] }));
  const first = host.videoRenditions[0];
  list.update(createPlayer({ video: ['a', 'b'] }));
  expect(host.videoRenditions[0]).toBe(first);
  list.update(createPlayer({ video: ['b', 'c', 'd'], pinned: 'c' }));
  expect([...host.videoRenditions].map(({ id }) => id)).toEqual(['b', 'c', 'd']);
  expect(host.videoRenditions.selectedIndex).toBe(1);
  list.clear();
  expect(host.videoRenditions.length).toBe(0);
});

test('languages are named for people, and the set in use is enabled', () => {
  const host = createHost();
  createAudioList(host, () => {}).update(createPlayer({ audio: ['en', 'de', 'und', 'not a tag'] }));
  const tracks = [...host.audioTracks] as { label: string; enabled: boolean }[];
  expect(tracks.map(({ label }) => label)).toEqual(['English', 'German', 'Audio 3', 'not a tag']);
  expect(tracks.map(({ enabled }) => enabled)).toEqual([true, false, false, false]);
});

test('more than two channels are told behind the name', () => {
  const host = createHost();
  const voice = { lang: 'en', label: 'English', roles: [] };
  const audioSets = [2, 6, 8, 7].map((channels) => ({ ...voice, id: `${channels}`, channels }));
  createAudioList(host, () => {}).update({ ...createPlayer({}), audioSets });
  const labels = ([...host.audioTracks] as { label: string }[]).map(({ label }) => label);
  expect(labels).toEqual(['English', 'English (5.1)', 'English (7.1)', 'English (7 channels)']);
});

test('the newest choice of audio wins, alone, and is asked for once', async () => {
  const host = createHost();
  const selected: string[] = [];
  createAudioList(host, (id) => selected.push(id)).update(createPlayer({ audio: ['en', 'de'] }));
  const [english, german] = [host.audioTracks[0], host.audioTracks[1]];
  await announced();
  if (german) german.enabled = true;
  await announced();
  expect([english?.enabled, german?.enabled]).toEqual([false, true]);
  if (german) german.enabled = false;
  await announced();
  expect(german?.enabled).toBe(true);
  expect(selected).toEqual(['de']);
});
