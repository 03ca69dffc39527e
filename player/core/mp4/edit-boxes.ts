/**
 * Changes or removes boxes deep inside others and mends the sizes of all that enclose them; what no edit names is
 * copied byte for byte.
 */
import { type Box, boxesIn } from './box.ts';
import { FIELDS_OF_ENTRY } from './sample-entry.ts';
import { joinBytes, writeBox } from './write-box.ts';

/** Takes a box's content (without header) and gives its new content, or `undefined` to remove the box. */
export type BoxEdit = (content: Uint8Array) => Uint8Array | undefined;

/** Keys are paths from the top, as `moov/trak/tkhd`; each applies to every box that has this path. */
export type BoxEdits = Readonly<Record<string, BoxEdit>>;

/** Bytes between a container's header and its first child: the entry count of `stsd` (§8.5.2). Most begin with a child. */
const FIELDS_BEFORE_CHILDREN: Readonly<Record<string, number>> = { stsd: 8, ...FIELDS_OF_ENTRY };

/**
 * @throws StreamingError `index-invalid` for a box whose size cannot be. Boxes that are cut off at the end are copied
 * as they are.
 */
export function editBoxes(bytes: Uint8Array, edits: BoxEdits): Uint8Array<ArrayBuffer> {
  return joinBytes(editedChildren(bytes, edits, ''));
}

function editedChildren(bytes: Uint8Array, edits: BoxEdits, parentPath: string): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  for (const box of boxesIn(bytes)) {
    pieces.push(...editedBox(bytes, box, edits, `${parentPath}${box.type}`));
    copied = Math.min(box.end, bytes.byteLength);
  }
  pieces.push(bytes.subarray(copied));
  return pieces;
}

function editedBox(bytes: Uint8Array, box: Box, edits: BoxEdits, path: string): Uint8Array[] {
  const content = bytes.subarray(box.contentStart, box.end);
  const edit = edits[path];
  if (edit) {
    const edited = edit(content);
    return edited ? [writeBox(box.type, edited)] : [];
  }
  const childPath = `${path}/`;
  if (!Object.keys(edits).some((key) => key.startsWith(childPath)))
    return [bytes.subarray(box.start, box.end)];
  const fields = FIELDS_BEFORE_CHILDREN[box.type] ?? 0;
  const children = editedChildren(content.subarray(fields), edits, childPath);
  return [writeBox(box.type, content.subarray(0, fields), ...children)];
}
