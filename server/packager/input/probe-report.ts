/** What ffprobe answers, as far as it is read here, and what holds for streams of every kind. */
import { languageTag } from '../language-tag.ts';

/** Everything may be missing in a damaged file. */
export interface ProbeReport {
  readonly format?: {
    readonly format_name?: string;
    readonly duration?: string;
    readonly start_time?: string;
    readonly tags?: Tags;
  };
  readonly streams?: readonly ProbedStream[];
  readonly chapters?: readonly ProbedChapter[];
}

type Tags = Readonly<Record<string, string>>;

export interface ProbedStream {
  readonly index: number;
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly codec_tag_string?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly r_frame_rate?: string;
  readonly avg_frame_rate?: string;
  readonly field_order?: string;
  readonly pix_fmt?: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_transfer?: string;
  readonly color_primaries?: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly channel_layout?: string;
  readonly tags?: Tags;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly side_data_list?: readonly ProbedSideData[];
}

export interface ProbedSideData {
  readonly side_data_type?: string;
  /** Degrees against the clock. */
  readonly rotation?: number;
  readonly dv_profile?: number;
}

export interface ProbedChapter {
  readonly start_time?: string;
  readonly end_time?: string;
  readonly tags?: Tags;
}

/** Seconds: the file's first time stamp; 0 when it has none. */
export function startOf(report: ProbeReport): number {
  return finite(report.format?.start_time) ?? 0;
}

/** The one first that the file calls its default, then as they are numbered. */
export function inDefaultOrder(streams: readonly ProbedStream[]): ProbedStream[] {
  const isDefault = ({ disposition }: ProbedStream): number => disposition?.['default'] ?? 0;
  return [...streams].sort((a, b) => isDefault(b) - isDefault(a) || a.index - b.index);
}

export function hasKnownCodec(stream: ProbedStream): boolean {
  return Boolean(stream.codec_name) && stream.codec_name !== 'unknown' && stream.codec_name !== 'none';
}

/**
 * Seconds from the file's first time stamp to the end of the stream. Matroska has no place for it but a tag, which means
 * the last time stamp as ffmpeg writes it, and the length of the stream as mkvmerge does.
 */
export function endOf(stream: ProbedStream, report: ProbeReport): { end?: number } {
  const fileStart = startOf(report);
  const start = finite(stream.start_time) ?? fileStart;
  const length = positive(Number(stream.duration));
  if (length !== undefined) return { end: start + length - fileStart };
  const tagged = positive(clockSeconds(tagOf(stream, 'DURATION')));
  if (tagged === undefined) return {};
  const isLength = tagOf(stream, '_STATISTICS_TAGS') !== undefined;
  return { end: (isLength ? start + tagged : tagged) - fileStart };
}

/** What a stream of sound or text is about. */
export function describeStream(stream: ProbedStream): {
  lang: string;
  title?: string;
  dispositions: string[];
} {
  const title = stream.tags?.['title']?.trim();
  const set = Object.entries(stream.disposition ?? {}).filter(([, isSet]) => isSet === 1);
  return {
    lang: languageTag(stream.tags?.['language']),
    ...(title ? { title } : {}),
    dispositions: set.map(([name]) => name),
  };
}

/** Matroska adds the language to a tag's name when it has one: `DURATION-eng`. */
function tagOf(stream: ProbedStream, name: string): string | undefined {
  const key = Object.keys(stream.tags ?? {}).find((each) => each === name || each.startsWith(`${name}-`));
  return key === undefined ? undefined : stream.tags?.[key];
}

/** Reads Matroska's `00:01:10.542000000`. */
function clockSeconds(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  return hours ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : undefined;
}

function finite(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) ? value : undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}
