/** Shapes of pictures in whole, even numbers: 4:2:0 has half as many colour samples each way, so odd sides cannot be. */
import type { Size } from '../input/input-info.ts';
import { decimalOf, type Ratio, ratio } from '../ratio.ts';

/** A shape, and the smallest even picture that has it exactly; the latter may be larger than any picture of use. */
export interface Shape {
  readonly aspect: number;
  readonly cell: Size;
}

/** Shapes that films are meant to have, wide and (turned) tall. 12:5 is scope (2.4:1), 37:20 is flat (1.85:1). */
const COMMON_SHAPES: readonly Ratio[] = [
  ratio(16, 9),
  ratio(4, 3),
  ratio(1, 1),
  ratio(3, 2),
  ratio(5, 4),
  ratio(12, 5),
  ratio(37, 20),
  ratio(2, 1),
  ratio(21, 9),
  ratio(5, 3),
];

/** 854×480 and 1366×768 are meant to be 16:9 and miss it by less than this. */
const MEANT = 0.0025;

/** The common shape that a size is meant to have, else its own. Sizes may be fractions (before rounding to pixels). */
export function exactShape(size: Size): Shape {
  const aspect = size.width / size.height;
  const common = [...COMMON_SHAPES, ...COMMON_SHAPES.map(turned)].find(
    (shape) => Math.abs(decimalOf(shape) / aspect - 1) < MEANT,
  );
  const meant = common ?? ratio(Math.max(1, Math.round(size.width)), Math.max(1, Math.round(size.height)));
  return {
    aspect: decimalOf(meant),
    cell: { width: meant.numerator * 2, height: meant.denominator * 2 },
  };
}

/** An exact size may be this much smaller than its box before a nearly exact one is preferred. */
const EXACT_LOSS = 0.97;

/** The largest picture of this shape inside the box: exact if that is nearly as large, else to the nearest even sides. */
export function fitInto(box: Size, shape: Shape): Size {
  const { cell, aspect } = shape;
  const cells = Math.floor(Math.min(box.width / cell.width, box.height / cell.height) + ROUNDING);
  const exact = { width: cells * cell.width, height: cells * cell.height };
  const limit = Math.min(box.width, box.height * aspect);
  if (exact.width >= EXACT_LOSS * limit) return exact;
  return { width: even(limit), height: even(limit / aspect) };
}

/** Absorbs the error of 416 = 234 × 16 / 9 in binary fractions. */
const ROUNDING = 1e-9;

/** The nearest even number, at least 2. */
function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}

function turned(shape: Ratio): Ratio {
  return ratio(shape.denominator, shape.numerator);
}
