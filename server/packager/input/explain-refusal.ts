/** Says in one sentence why ffprobe refused a file. */
import { open } from 'node:fs/promises';
import { PackagingError } from '../packaging-error.ts';
import { ToolError } from '../tool-error.ts';
import type { InputFile } from './input-file.ts';

/** @returns the error unchanged when it is about the tool and not about the file. */
export async function explainRefusal(error: unknown, { file, name }: InputFile): Promise<unknown> {
  if (!(error instanceof ToolError) || error.exitCode === undefined) return error;
  const head = await readHead(file);
  const refused = listFormat(head) ?? /\[([\w,]+) @ \S+\] Format not on whitelist/.exec(error.stderr)?.[1];
  const fault = refused ? describeFormat(refused) : describeDamage(head, error.stderr);
  return new PackagingError('input-unreadable', `${name} ${fault}.`, error);
}

function describeFormat(format: string): string {
  if (/image2|_pipe$|gif|apng|ico/.test(format)) return 'is a picture, not a film';
  if (/hls|applehttp|dash|concat|ism|sdp|rtsp|vobsub|imf|xspf|pls/.test(format)) {
    return 'is a list of other files, not a film: give the film itself';
  }
  return `is of format "${format}", which is not accepted`;
}

/** Newer versions of ffmpeg do not even take a list of another name for one. */
const LISTS: readonly (readonly [format: string, head: RegExp])[] = [
  ['hls', /^\s*#EXTM3U/],
  ['concat', /^\s*ffconcat/],
  ['dash', /<MPD[\s>]/],
  ['ism', /<SmoothStreamingMedia[\s>]/],
  ['xspf', /<playlist[\s>]/],
  ['pls', /^\s*\[playlist\]/i],
  ['vobsub', /^# VobSub index file/],
  ['sdp', /^v=0\r?\no=/],
];

function listFormat(head: string): string | undefined {
  return LISTS.find(([, pattern]) => pattern.test(head))?.[0];
}

/** Boxes that may come first in an MP4 file (ISO/IEC 14496-12 §6.2.3), or in a part of one. */
const MP4_BOXES: ReadonlySet<string> = new Set(
  'ftyp styp moov mdat moof sidx emsg wide skip free pnot prfl'.split(' '),
);
/** A part of a presentation begins with one of these; it cannot be read without the initialization before it. */
const SEGMENT_BOXES: ReadonlySet<string> = new Set(['styp', 'moof', 'sidx', 'emsg']);

function describeDamage(head: string, stderr: string): string {
  const box = head.slice(4, 8);
  if (SEGMENT_BOXES.has(box)) {
    return 'is one segment of a presentation, not a film: it cannot be read without its initialization';
  }
  if (!MP4_BOXES.has(box)) return 'is no video or audio file that can be read';
  return /moov atom not found/.test(stderr)
    ? 'is cut off or was never finished: its index (moov) is missing'
    : 'is a damaged MP4 file: its index (moov) cannot be read';
}

const HEAD_BYTES = 4096;

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
