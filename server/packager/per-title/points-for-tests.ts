/** Rate–quality points as films have them, for laws that must hold for any film. */
import fc from 'fast-check';
import type { Size } from '../input/input-info.ts';
import type { VideoCodec } from '../ladder/ladder.ts';
import { SSIM } from '../quality/quality-measure.ts';
import { encodingsFor } from './probe-grid.ts';
import { combineShots, type RatePoint } from './rate-quality.ts';

export interface FilmSketch {
  /** Bits per pixel and second of a good picture. */
  readonly hardness: number;
  /** How much a size with half the pixels loses, 0 … 1. */
  readonly detail: number;
  /** Of the hardest shot, how many times the bits of the easiest. */
  readonly spread: number;
  /** How far measured values stray from the rule, 0 … 1. */
  readonly noise: number;
}

export const anyFilm: fc.Arbitrary<FilmSketch> = fc.record({
  hardness: fc.double({ min: 0.02, max: 20, noNaN: true }),
  detail: fc.double({ min: 0, max: 1, noNaN: true }),
  spread: fc.double({ min: 1, max: 10, noNaN: true }),
  noise: fc.constantFrom(0, 0.02, 0.3),
});

export interface GridSketch {
  readonly sizes: readonly Size[];
  readonly codecs: readonly VideoCodec[];
  readonly crf: number;
}

/** What three shots of such a film would measure: better qualities cost more, larger pictures cost more and show more. */
export function pointsOf(film: FilmSketch, grid: GridSketch): RatePoint[] {
  const top = grid.sizes[0] ?? { width: 2, height: 2 };
  const shots = [1, Math.sqrt(film.spread), film.spread].map((factor, shot) =>
    encodingsFor(grid.sizes, grid).map((encoding, i) => {
      const share = (encoding.width * encoding.height) / (top.width * top.height);
      const stray = 1 + film.noise * Math.sin(17 * i + 5 * shot);
      const pixels = encoding.width * encoding.height;
      const rate = film.hardness * factor * pixels ** 0.9 * 2 ** ((23 - encoding.crf) / 6) * stray;
      const loss = 0.01 * 1.12 ** (encoding.crf - 23) + 0.02 * film.detail * (1 / share - 1) ** 0.7;
      return { ...encoding, rate: Math.max(1000, rate), quality: 1 - Math.min(0.9, loss * stray) };
    }),
  );
  return combineShots(shots, SSIM);
}
