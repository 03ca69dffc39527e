/** Asks whether this ffmpeg can convert an input's colours by way of light, and says what becomes of them if not. */

import type { InputInfo } from '../input/input-info.ts';
import type { Tools } from '../tools.ts';
import { namesOf } from './ask-ffmpeg.ts';
import { CONVERSION_FILTERS, isHdr, isTidy, needsLight } from './colour-conversion.ts';

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly onNotice?: (sentence: string) => void;
}

/** Asks nothing for a picture that needs no conversion. Without the filters the film is made all the same. */
export async function canConvertLight(
  { video }: Pick<InputInfo, 'video'>,
  tools: Tools,
  { signal, onNotice }: AskOptions,
): Promise<boolean> {
  if (!video || isTidy(video.colour)) return false;
  const filters = await namesOf('filters', tools, signal);
  const canConvert = CONVERSION_FILTERS.every((name) => filters.has(name));
  if (!canConvert && needsLight(video.colour)) {
    const effect = isHdr(video.colour)
      ? 'the HDR picture will look pale'
      : 'its colours will be a little off';
    onNotice?.(`This ffmpeg has no ${CONVERSION_FILTERS.join(' and ')} filters: ${effect}.`);
  }
  return canConvert;
}
