/**
 * Keeps an input from reaching anything but itself: ffmpeg goes by content, not by name, so a playlist that is called
 * `.mp4` would otherwise make it read other files.
 */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { PackagingError } from './packaging-error.ts';
import { ToolError } from './tool-error.ts';

/** Demuxers that read one file and nothing else. Never hls, dash, concat, image2, sdp or any that names other files. */
const ACCEPTED_FORMATS =
  'mov,matroska,webm,mpegts,mpeg,avi,flv,asf,mxf,ogg,wav,w64,aiff,mp3,aac,ac3,eac3,flac,amr,ivf,mpegvideo,h264,hevc';

/** To be put before every `-i`, for ffprobe and ffmpeg alike. */
export const INPUT_GUARD: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  ACCEPTED_FORMATS,
];

/**
 * Says in one sentence why ffprobe refused the file.
 * @returns the error unchanged when it is about the tool and not about the file.
 */
export async function explainRefusal(error: unknown, file: string): Promise<unknown> {
  if (!(error instanceof ToolError) || error.exitCode === undefined) return error;
  const name = basename(file);
  const head = await readHead(file);
  const refused = /\[([\w,]+) @ \S+\] Format not on whitelist/.exec(error.stderr)?.[1] ?? listFormat(head);
  if (refused) return new PackagingError('input-unreadable', `${name} ${describeFormat(refused)}.`, error);
  if (MP4_BOXES.has(head.slice(4, 8))) {
    const fault = /moov atom not found/.test(error.stderr)
      ? 'is cut off or was never finished: its index (moov) is missing'
      : 'is a damaged MP4 file: its index (moov) cannot be read';
    return new PackagingError('input-unreadable', `${name} ${fault}.`, error);
  }
  return new PackagingError('input-unreadable', `${name} is no video or audio file that can be read.`, error);
}

function describeFormat(format: string): string {
  if (/image2|_pipe$|gif|apng|ico/.test(format)) return 'is a picture, not a film';
  if (/hls|applehttp|dash|concat|ism|sdp|rtsp/.test(format)) {
    return 'is a list of other files, not a film: give the film itself';
  }
  return `is of format "${format}", which is not accepted`;
}

const MP4_BOXES: ReadonlySet<string> = new Set([
  'ftyp',
  'styp',
  'moov',
  'mdat',
  'moof',
  'sidx',
  'wide',
  'skip',
  'free',
]);

/** Newer versions of ffmpeg do not even take a playlist of another name for one. */
function listFormat(head: string): string | undefined {
  if (/^\s*#EXTM3U/.test(head)) return 'hls';
  if (/^\s*ffconcat/.test(head)) return 'concat';
  return /<MPD\s/.test(head) ? 'dash' : undefined;
}

const HEAD_BYTES = 512;

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
