/** Turns what reading throws into a fault: hostile files are findings, and only an abort or a bug goes on up. */
import { StreamingError } from '../../player/core/errors.ts';
import { UnreadableError } from './folder-reader.ts';
import type { Check, Fault, Place } from './verdict.ts';

/** `byte` of the place is where reading began; the error may know better. */
export function faultOf(error: unknown, check: Check, place: Place): Fault {
  if (error instanceof UnreadableError)
    return {
      check,
      ...place,
      ...(error.byte === undefined ? {} : { byte: error.byte }),
      sentence: error.message,
    };
  if (error instanceof StreamingError) return { check, ...place, sentence: error.message };
  // Views and buffers are asked beyond their end by boxes that lie about their sizes.
  if (error instanceof RangeError)
    return { check, ...place, sentence: `A box is too short (${error.message}).` };
  throw error;
}
