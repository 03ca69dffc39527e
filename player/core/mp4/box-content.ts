/** Looks inside a box, never beyond it: the one place where a box that is too short becomes an error with a name. */
import { StreamingError } from '../errors.ts';
import { type Box, findPath } from './box.ts';

/**
 * The bytes behind the header, at least `least` of them.
 * @throws StreamingError `index-invalid` when the box is shorter, or cut off.
 */
export function contentOf(bytes: Uint8Array, box: Box, least: number): DataView {
  const size = box.end - box.contentStart;
  if (size < least || box.end > bytes.byteLength) {
    throw new StreamingError(
      'index-invalid',
      `Box "${box.type}" at byte ${box.start} is cut off or too short: ${least} bytes are needed.`,
    );
  }
  return new DataView(bytes.buffer, bytes.byteOffset + box.contentStart, size);
}

/** @throws StreamingError `index-invalid` when there is no box at the path. */
export function neededBox(bytes: Uint8Array, path: readonly string[]): Box {
  const box = findPath(bytes, path);
  if (box) return box;
  throw new StreamingError('index-invalid', `There is no box "${path.join('/')}".`);
}
