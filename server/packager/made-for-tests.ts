/** Representations as the packager makes them, without a file behind them, for tests of what follows. */
import type { Track } from '../../player/core/mp4/initialization.ts';
import type { MediaSet } from './made-presentation.ts';
import type { MadeRepresentation, MadeSegment } from './made-representation.ts';
import { ratio } from './ratio.ts';

/** Segments of 4 s and these sizes in bytes. */
export function segmentsOf(sizes: readonly number[], timescale: number): MadeSegment[] {
  return sizes.map((bytes, i) => {
    const [startTicks, durationTicks] = [i * 4 * timescale, 4 * timescale];
    return { startTicks, durationTicks, endTicks: startTicks + durationTicks, bytes, sha256: '' };
  });
}

/** At 24 frames a second, or with 1024 samples of priming; two segments, the first twice as large. */
export function made(
  id: string,
  media: Track['media'],
  changes: Partial<MadeRepresentation> = {},
): MadeRepresentation {
  const timescale = media.kind === 'video' ? 90_000 : 48_000;
  return {
    id,
    stored: {
      layout: 'indexed',
      file: `${id}.mp4`,
      bytes: 1,
      sha256: '',
      initializationBytes: 700,
      indexBytes: 56,
    },
    track: {
      id: 1,
      timescale,
      codecs: media.kind === 'video' ? 'avc1.64001f' : 'mp4a.40.2',
      skipTicks: media.kind === 'video' ? 0 : 1024,
      defaults: { durationTicks: 0, flags: 0 },
      media,
    },
    segments: segmentsOf([500_000, 250_000], timescale),
    ...(media.kind === 'video' ? { frameRate: ratio(24, 1) } : {}),
    ...changes,
  };
}

export function setOf(representations: readonly MadeRepresentation[], lang = ''): MediaSet[] {
  return representations.length > 0 ? [{ lang, role: 'main', representations }] : [];
}

export const picture = (width: number, height: number) => ({ kind: 'video', width, height }) as const;
export const stereo = { kind: 'audio', channels: 2, samplingRate: 48_000 } as const;
