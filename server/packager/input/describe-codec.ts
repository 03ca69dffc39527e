/** Names a stream's codec for people, and says why it could not be decoded. */
import { hasKnownCodec, type ProbedStream } from './probe-report.ts';

/** Sample entries (as registered at mp4ra.org) that an ffmpeg may be too old for. */
const NAMES: Readonly<Record<string, string>> = {
  vvc1: 'VVC',
  vvi1: 'VVC',
  evc1: 'EVC',
  lvc1: 'LCEVC',
  apv1: 'APV',
  av01: 'AV1',
  hvc1: 'HEVC',
  hev1: 'HEVC',
  dvh1: 'Dolby Vision',
  dvhe: 'Dolby Vision',
  'ac-4': 'AC-4',
  mha1: 'MPEG-H audio',
  mhm1: 'MPEG-H audio',
  dtsx: 'DTS:X',
};

/** As `its video (stream 0) is in VVC, which this ffmpeg cannot decode`. */
export function describeUndecodable(stream: ProbedStream): string {
  const kind = stream.codec_type === 'video' ? 'video' : 'sound';
  const place = `its ${kind} (stream ${stream.index})`;
  if (isEncrypted(stream)) return `${place} is encrypted`;
  if (!hasKnownCodec(stream)) return `${place} is in ${nameOf(stream)}, which this ffmpeg cannot decode`;
  return `${place} is damaged: none of its ${stream.codec_name} data can be decoded`;
}

export function isEncrypted({ side_data_list, codec_tag_string = '' }: ProbedStream): boolean {
  const isMarked = side_data_list?.some((data) => data.side_data_type?.startsWith('Encryption'));
  return Boolean(isMarked) || ['encv', 'enca', 'drmi', 'drms'].includes(codec_tag_string);
}

/** A tag is four characters, or `[27][0][0][0]` where they are no letters. */
function nameOf({ codec_tag_string: tag = '' }: ProbedStream): string {
  return NAMES[tag] ?? (/^[\w. -]{2,4}$/.test(tag) ? `"${tag.trim()}"` : 'an unknown codec');
}
