/** From values to places on a chart, and the marks beside its axes. */

export interface Scale {
  /** Pixels. */
  at(value: number): number;
  readonly marks: readonly number[];
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** `to` may lie before `from` in pixels, as upward axes do. About `count` marks at round values. */
export function linearScale(values: Range, pixels: Range, count: number): Scale {
  const span = values.to - values.from || 1;
  const step = roundStep(span / count);
  const first = Math.ceil(values.from / step - 1e-9);
  const last = Math.floor(values.to / step + 1e-9);
  return {
    at: (value) => pixels.from + ((value - values.from) / span) * (pixels.to - pixels.from),
    marks: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step),
  };
}

/** 1, 2 or 5 times a power of ten, not less than `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999) ?? least;
}

const HOUR = 3600;

/** Seconds: marks at whole numbers of them that people count in. */
export function timeScale(values: Range, pixels: Range, count: number): Scale {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
  const span = values.to - values.from;
  const step = steps.find((each) => span / each <= count) ?? Math.ceil(span / count / HOUR) * HOUR;
  const scale = linearScale(values, pixels, count);
  const first = Math.ceil(values.from / step);
  const marks = Array.from(
    { length: Math.max(1, Math.floor(values.to / step) - first + 1) },
    (_, i) => (first + i) * step,
  );
  return { ...scale, marks };
}

/** Both ends above 0. Marks at 1, 2 and 5 of each power of ten. */
export function logScale(values: Range, pixels: Range): Scale {
  const [low, high] = [Math.log(values.from), Math.log(values.to)];
  const span = high - low || 1;
  const powers = Array.from({ length: 14 }, (_, i) => 10 ** i);
  const marks = powers.flatMap((power) => [1, 2, 5].map((factor) => factor * power));
  return {
    at: (value) => pixels.from + ((Math.log(value) - low) / span) * (pixels.to - pixels.from),
    marks: marks.filter((mark) => mark >= values.from * 0.999 && mark <= values.to * 1.001),
  };
}

/** Moves labels apart that would cover one another; keeps their order. `places` are pixels. */
export function spread(places: readonly number[], distance: number, { from, to }: Range): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place);
  const moved: number[] = [];
  let next = from;
  order.forEach(({ place }, k) => {
    const room = to - (order.length - 1 - k) * distance;
    moved[k] = Math.max(next, Math.min(place, room));
    next = (moved[k] ?? 0) + distance;
  });
  const result: number[] = [];
  order.forEach(({ i }, k) => {
    result[i] = moved[k] ?? 0;
  });
  return result;
}
