/** Text and pictures outside MP4: that they are there, can be read, and are what the MPD says. */

import { readXml } from '../../player/core/dash/xml.ts';
import { childrenNamed } from '../../player/core/dash/xml-element.ts';
import type { Claim } from './claims.ts';
import { type FolderReader, UnreadableError } from './folder-reader.ts';
import { readPictureSize } from './picture-size.ts';
import { faultOf } from './unreadable.ts';
import { type Comparison, compare, type Fault, type Finding } from './verdict.ts';
import { findCueFaults } from './webvtt.ts';

/** Captions of a long film have some hundred kilobytes. */
const MOST_TEXT = 16 * 1024 * 1024;
const MOST_FAULTS = 20;

export function isSidecar({ contentType, representation }: Claim): boolean {
  return contentType === 'image' || (contentType === 'text' && !/mp4|webm/.test(representation.mimeType));
}

/** @throws the signal's reason. */
export async function checkSidecar(
  claim: Claim,
  reader: FolderReader,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { addressing } = claim.representation;
  const owner = { representation: claim.id };
  if (addressing.kind !== 'list') return [compare('files', owner, [[false, 'It names no file.']])];
  const findings: Finding[] = [];
  const faults: Fault[] = [];
  const { segments } = addressing;
  let looked = 0;
  for (; looked < segments.count && faults.length < MOST_FAULTS; looked++) {
    signal.throwIfAborted();
    try {
      const file = reader.nameOf(segments.at(looked)?.urls[0] ?? '');
      const size = await reader.sizeOf(file);
      if (size === undefined) throw new UnreadableError(`There is no file "${file}".`);
      const place = { ...owner, segment: looked + 1, file };
      const comparisons =
        claim.contentType === 'image'
          ? await readTile(claim, file, size, reader)
          : await readText(claim, file, size, reader);
      findings.push(compare('format', place, comparisons));
    } catch (error) {
      faults.push(faultOf(error, 'files', { ...owner, segment: looked + 1 }));
    }
  }
  return [{ check: 'files', ...owner, looked, faults }, ...findings];
}

/** Size of the whole picture, and of its tiles (DASH-IF IOP 4.3 §6.2.6: `<columns>x<rows>`). */
async function readTile(
  claim: Claim,
  file: string,
  size: number,
  reader: FolderReader,
): Promise<Comparison[]> {
  const picture = await readPictureSize(file, size, reader);
  const { width, height } = claim.representation;
  const [columns = 1, rows = 1] = tilesOf(claim) ?? [];
  const real = `${picture.width}×${picture.height}`;
  return [
    ...(width ? [[width === picture.width, `@width is ${width}, the picture is ${real}.`] as const] : []),
    ...(height
      ? [[height === picture.height, `@height is ${height}, the picture is ${real}.`] as const]
      : []),
    [
      picture.width % columns === 0 && picture.height % rows === 0,
      `A picture of ${real} cannot hold ${columns} × ${rows} equal tiles.`,
    ],
  ];
}

function tilesOf({ levels }: Claim): [number, number] | undefined {
  const value = levels
    .flatMap((element) => [
      ...childrenNamed(element, 'EssentialProperty'),
      ...childrenNamed(element, 'SupplementalProperty'),
    ])
    .find(({ attributes }) => /thumbnail_tile$/.test(attributes.get('schemeIdUri') ?? ''))
    ?.attributes.get('value');
  const [, columns, rows] = /^(\d+)x(\d+)$/.exec(value ?? '') ?? [];
  return Number(columns) > 0 && Number(rows) > 0 ? [Number(columns), Number(rows)] : undefined;
}

async function readText(
  claim: Claim,
  file: string,
  size: number,
  reader: FolderReader,
): Promise<Comparison[]> {
  if (size > MOST_TEXT) throw new UnreadableError(`"${file}" has ${size} bytes: no captions are that long.`);
  const bytes = await reader.read(file, 0, size);
  const text = new TextDecoder('utf-8').decode(bytes);
  const isUtf8 = !text.includes('\uFFFD');
  const { line } = claim.information;
  const faults = /vtt/.test(claim.representation.mimeType)
    ? findCueFaults(text, line.end - line.start)
    : findMarkupFaults(text);
  return [
    [isUtf8, 'It is not written in UTF-8.'],
    [faults.length === 0, faults.join(' ')],
  ];
}

function findMarkupFaults(text: string): string[] {
  const { name } = readXml(text);
  return name === 'tt' ? [] : [`Its root is "${name}", which is no TTML.`];
}
