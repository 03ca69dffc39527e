/**
 * Keeps an input from reaching anything but itself: ffmpeg goes by content, not by name, so a playlist that is called
 * `.mp4` would otherwise make it read other files.
 */

/** Demuxers that read one file and nothing else. Never hls, dash, concat, image2, sdp or any that names other files. */
const ACCEPTED_FORMATS = [
  ...[
    'mov',
    'matroska',
    'webm',
    'mpegts',
    'mpeg',
    'avi',
    'flv',
    'asf',
    'mxf',
    'ogg',
    'rm',
    'wtv',
    'nut',
    'gxf',
  ],
  ...['dv', 'mpegvideo', 'm4v', 'h264', 'hevc', 'vc1', 'obu', 'ivf', 'yuv4mpegpipe'],
  ...['wav', 'w64', 'aiff', 'caf', 'mp3', 'aac', 'ac3', 'eac3', 'dts', 'flac', 'amr', 'ape', 'wv'],
];

/** To be put before every `-i` of an input, for ffprobe and ffmpeg alike. */
export const INPUT_GUARD: readonly string[] = guardFor(ACCEPTED_FORMATS);

/** The same for files of other kinds, by ffmpeg's names of their formats. */
export function guardFor(formats: readonly string[]): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', formats.join(',')];
}
