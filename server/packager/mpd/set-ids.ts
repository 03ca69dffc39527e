/** Numbers adaptation sets in the order in which they stand in the MPD. */
import type { MadePresentation, MediaSet, TextSet, ThumbnailSet } from '../made-presentation.ts';

/** `@id`: 0 for the first set. */
export function setIdOf(
  { video, audio, text, thumbnails }: MadePresentation,
  set: MediaSet | TextSet | ThumbnailSet,
): string {
  return `${[...video, ...audio, ...text, thumbnails].indexOf(set)}`;
}
