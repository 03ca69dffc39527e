/** How many bits a second a picture of a size is given: as a ceiling for constant quality, or as an aim for a set rate. */
import type { Size } from '../input/input-info.ts';

/** Bits per pixel of a frame at 30 frames a second. Gives 6.2 Mbit/s for 1080p. */
const CEILING_PER_PIXEL = 0.1;

/** Below this the headers alone fill the rate. */
export const LOWEST_CEILING = 50_000;

/**
 * What constant quality may not exceed. Grows with the pixels; beyond 30 frames a second with the square root of the
 * frames, as they resemble each other more; below, it stays: constant quality spends what the picture needs.
 */
export function ceilingFor(size: Size, framesPerSecond: number): number {
  const frames = 30 * Math.sqrt(Math.max(1, framesPerSecond / 30));
  return Math.max(LOWEST_CEILING, Math.ceil((pixelsOf(size) * CEILING_PER_PIXEL * frames) / 1000) * 1000);
}

/**
 * The 16:9 rungs of Apple's HLS Authoring Specification for H.264, at 24 to 30 frames a second; 540p evened (it says
 * 2 Mbit/s), so that each step is about twice the one before. 1440p and 2160p are its HEVC rates, divided by the 0.75
 * that it gives HEVC against H.264 at 1080p.
 */
const AIMS: readonly { readonly size: Size; readonly rate: number }[] = [
  { size: { width: 416, height: 234 }, rate: 145_000 },
  { size: { width: 640, height: 360 }, rate: 365_000 },
  { size: { width: 768, height: 432 }, rate: 730_000 },
  { size: { width: 960, height: 540 }, rate: 1_500_000 },
  { size: { width: 1280, height: 720 }, rate: 3_000_000 },
  { size: { width: 1920, height: 1080 }, rate: 6_000_000 },
  { size: { width: 2560, height: 1440 }, rate: 10_800_000 },
  { size: { width: 3840, height: 2160 }, rate: 15_500_000 },
];

/** The rate that the smallest picture of the table gets: low enough for nearly every network. */
export const LOWEST_AIM = 145_000;

/**
 * The average of `vbr` and the rate of `cbr`, by the number of pixels: between two sizes of the table in equal ratios,
 * beyond its ends in proportion. Faster and slower films get more and less with the square root of their frames.
 */
export function aimFor(size: Size, framesPerSecond: number): number {
  const usual = Math.min(30, Math.max(24, framesPerSecond));
  return Math.round(aimByPixels(pixelsOf(size)) * Math.sqrt(framesPerSecond / usual));
}

function aimByPixels(pixels: number): number {
  const above = AIMS.findIndex(({ size }) => pixelsOf(size) >= pixels);
  const upper = AIMS[above];
  const lower = AIMS[above - 1];
  if (lower && upper) {
    const share =
      Math.log(pixels / pixelsOf(lower.size)) / Math.log(pixelsOf(upper.size) / pixelsOf(lower.size));
    return lower.rate * (upper.rate / lower.rate) ** share;
  }
  const end = upper ?? AIMS.at(-1);
  return end ? (end.rate * pixels) / pixelsOf(end.size) : 0;
}

export function pixelsOf({ width, height }: Size): number {
  return width * height;
}
