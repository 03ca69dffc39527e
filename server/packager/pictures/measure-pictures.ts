/** Measures pictures of one film by their grey values: how much there is to see, and how well each stands for the film. */

export interface PictureMeasure {
  /** Mean, 0 (black) … 1 (white). */
  readonly brightness: number;
  /** Bits a pixel is worth by the histogram, 0 … 5: low for black, for fades, and for titles on plain ground. */
  readonly variety: number;
  /** Mean difference between neighbours, 0 … 1: low for pictures that are blurred, or fade into one another. */
  readonly sharpness: number;
  /** 1 when the picture before or behind it is the same, 0 when both are quite different: low inside a movement or a cut. */
  readonly stillness: number;
  /** Part of the histogram that is also that of the film, 0 … 1. */
  readonly likeness: number;
}

/** In order of time; each has a byte for each pixel, row by row, `width` of them in a row. */
export function measurePictures(greys: readonly Uint8Array[], width: number): PictureMeasure[] {
  const histograms = greys.map(histogramOf);
  const mean = meanOf(histograms);
  return greys.map((grey, i) => {
    const histogram = histograms[i] ?? mean;
    const changes = [greys[i - 1], greys[i + 1]].map((other) => (other ? changeBetween(grey, other) : 1));
    return {
      brightness: grey.reduce((sum, value) => sum + value, 0) / grey.byteLength / WHITE,
      variety: entropyOf(histogram),
      sharpness: sharpnessOf(grey, width),
      stillness: 1 - Math.min(1, MUCH_CHANGE * Math.min(...changes)),
      likeness: histogram.reduce((sum, share, bin) => sum + Math.min(share, mean[bin] ?? 0), 0),
    };
  });
}

const WHITE = 255;
const BINS = 32;
/** Pictures of unlike scenes differ by about a quarter of the way from black to white. */
const MUCH_CHANGE = 4;

/** Shares of the pixels, from dark to bright. */
function histogramOf(grey: Uint8Array): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const value of grey) {
    const bin = Math.floor((value * BINS) / (WHITE + 1));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => count / grey.byteLength);
}

function meanOf(histograms: readonly (readonly number[])[]): number[] {
  return Array.from(
    { length: BINS },
    (_, bin) => histograms.reduce((sum, histogram) => sum + (histogram[bin] ?? 0), 0) / histograms.length,
  );
}

function entropyOf(shares: readonly number[]): number {
  return shares.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
}

function sharpnessOf(grey: Uint8Array, width: number): number {
  let differences = 0;
  for (const [i, value] of grey.entries()) {
    const right = (i + 1) % width === 0 ? value : (grey[i + 1] ?? value);
    const below = grey[i + width] ?? value;
    differences += Math.abs(right - value) + Math.abs(below - value);
  }
  return differences / (2 * grey.byteLength) / WHITE;
}

function changeBetween(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? value)), 0) / a.byteLength / WHITE;
}
