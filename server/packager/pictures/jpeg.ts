/** How ffmpeg is asked for JPEG pictures of a finished film. */

/** Colours as JPEG has them, to be set where a picture is scaled: the whole range, and the matrix of BT.601. */
export const JPEG_COLOURS = 'in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc';

/** Our own film comes in through a pipe, and nothing else can. */
export const PIPED_INPUT: readonly string[] = ['-protocol_whitelist', 'pipe', '-f', 'mov', '-i', 'pipe:0'];

/** `quality` is that of mjpeg: 2 is the best, 31 the worst. The same pictures give the same bytes. */
export function jpegOptions(quality: number): string[] {
  return [
    ...['-c:v', 'mjpeg', '-q:v', `${quality}`, '-map_metadata', '-1'],
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'image2'],
  ];
}
