/** Reads `title.json`: the value given back is a `Title` in every part, or the fault is named with its JSON path. */
import {
  checked,
  count,
  elements,
  fault,
  flag,
  member,
  object,
  oneOf,
  optional,
  type Place,
  positive,
  present,
  text,
} from './json-place.ts';
import {
  CONTENT_CODINGS,
  type EncodedFile,
  type FormerVersion,
  isTitleId,
  isVersion,
  MPD_FILE,
  type Title,
  type TitleCaptions,
  type TitleFile,
  type TitleInputAudio,
  type TitleInputVideo,
  type TitleRepresentation,
} from './title.ts';

const SHA256 = /^[0-9a-f]{64}$/;
const FILE_NAME = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\/){0,2}[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9.+-]+(?:; ?[a-z]+=[A-Za-z0-9.-]+)*$/;
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Titles of before there were versions: nothing is wrong with them but their age. */
export class OutdatedTitleError extends Error {
  override readonly name = 'OutdatedTitleError';

  constructor() {
    super('it was packaged by an older version of Weir; package it again.');
  }
}

/**
 * Members it does not know are passed over.
 * @throws Error with one sentence: the path, and what should stand there; OutdatedTitleError.
 */
export function readTitle(json: unknown): Title {
  const root = { value: json, path: '$' };
  const format = member(root, 'format');
  if (format.value !== 1) throw fault(format, 'is not 1, the only format this version reads');
  const version = member(root, 'version');
  if (version.value === undefined) throw new OutdatedTitleError();
  const files = readFiles(member(root, 'files'));
  if (!Object.hasOwn(files, MPD_FILE)) throw fault(member(root, 'files'), `has no "${MPD_FILE}"`);
  const nameOf = (key: string): string | undefined =>
    optional(member(root, key), (place) => fileName(place, files));
  return {
    format: 1,
    id: checked(member(root, 'id'), isTitleId, 'is no title id'),
    title: text(member(root, 'title')),
    created: checked(member(root, 'created'), isTime, 'is no UTC time of ISO 8601'),
    duration: positive(member(root, 'duration')),
    version: checked(version, isVersion, 'is no version'),
    input: readInput(member(root, 'input')),
    representations: elements(member(root, 'representations')).map(readRepresentation),
    files,
    ...present({
      poster: nameOf('poster'),
      playlist: nameOf('playlist'),
      chapters: nameOf('chapters'),
      thumbnails: nameOf('thumbnails'),
      digests: nameOf('digests'),
      report: nameOf('report'),
      captions: listOf(member(root, 'captions'), (place) => readCaptions(place, files)),
      notices: listOf(member(root, 'notices'), text),
      former: listOf(member(root, 'former'), readFormer),
    }),
  };
}

function fileName(place: Place, files: Title['files']): string {
  const name = text(place);
  if (!Object.hasOwn(files, name)) throw fault(place, 'names no file');
  return name;
}

function listOf<T>(place: Place, read: (place: Place) => T): T[] | undefined {
  return optional(place, (list) => elements(list).map(read));
}

function readCaptions(place: Place, files: Title['files']): TitleCaptions {
  return {
    file: fileName(member(place, 'file'), files),
    label: text(member(place, 'label')),
    role: oneOf(member(place, 'role'), ['subtitle', 'caption']),
    ...present({
      lang: optional(member(place, 'lang'), text),
      isForced: optional(member(place, 'isForced'), flag),
    }),
  };
}

function readFormer(place: Place): FormerVersion {
  const version = checked(member(place, 'version'), isVersion, 'is no version');
  const files = readFiles(member(place, 'files'));
  const stray = Object.keys(files).find((name) => !name.startsWith(`${version}/`));
  if (stray !== undefined)
    throw fault(member(member(place, 'files'), stray), 'is not in the folder of its version');
  return {
    version,
    created: checked(member(place, 'created'), isTime, 'is no UTC time of ISO 8601'),
    replaced: checked(member(place, 'replaced'), isTime, 'is no UTC time of ISO 8601'),
    files,
  };
}

function readInput(place: Place): Title['input'] {
  return {
    name: text(member(place, 'name')),
    bytes: count(member(place, 'bytes')),
    fingerprint: text(member(place, 'fingerprint')),
    ...present({
      duration: optional(member(place, 'duration'), positive),
      video: optional(member(place, 'video'), readInputVideo),
      audio: listOf(member(place, 'audio'), readInputAudio),
    }),
  };
}

function readInputVideo(place: Place): TitleInputVideo {
  return {
    codec: text(member(place, 'codec')),
    width: positive(member(place, 'width')),
    height: positive(member(place, 'height')),
    frameRate: positive(member(place, 'frameRate')),
    ...present({ hdr: optional(member(place, 'hdr'), (hdr) => oneOf(hdr, ['pq', 'hlg'])) }),
  };
}

function readInputAudio(place: Place): TitleInputAudio {
  return {
    codec: text(member(place, 'codec')),
    channels: count(member(place, 'channels')),
    ...present({ lang: optional(member(place, 'lang'), text) }),
  };
}

function readRepresentation(place: Place): TitleRepresentation {
  return {
    id: text(member(place, 'id')),
    kind: oneOf(member(place, 'kind'), ['video', 'audio']),
    codecs: text(member(place, 'codecs')),
    bandwidth: positive(member(place, 'bandwidth')),
    averageBandwidth: positive(member(place, 'averageBandwidth')),
    bytes: count(member(place, 'bytes')),
    ...present({
      width: optional(member(place, 'width'), count),
      height: optional(member(place, 'height'), count),
      frameRate: optional(member(place, 'frameRate'), positive),
      lang: optional(member(place, 'lang'), text),
      channels: optional(member(place, 'channels'), count),
    }),
  };
}

function readFiles(place: Place): Record<string, TitleFile> {
  const names = Object.keys(object(place));
  return Object.fromEntries(names.map((name) => [name, readFile(member(place, name), name)]));
}

/** The name becomes part of a path: one that could lead out of the folder makes the whole title unreadable. */
function readFile(place: Place, name: string): TitleFile {
  if (!FILE_NAME.test(name)) throw fault(place, 'is no plain file name');
  const encoded = optional(member(place, 'encoded'), readEncoded);
  return {
    ...readContent(place),
    type: checked(member(place, 'type'), (value) => MEDIA_TYPE.test(value), 'is no media type'),
    ...(encoded === undefined ? {} : { encoded }),
  };
}

function readEncoded(place: Place): NonNullable<TitleFile['encoded']> {
  const known = CONTENT_CODINGS.filter((coding) => member(place, coding).value !== undefined);
  return Object.fromEntries(known.map((coding) => [coding, readContent(member(place, coding))]));
}

function readContent(place: Place): EncodedFile {
  return {
    bytes: count(member(place, 'bytes')),
    sha256: checked(member(place, 'sha256'), (value) => SHA256.test(value), 'is no SHA-256 in hexadecimal'),
  };
}

function isTime(value: string): boolean {
  return UTC_TIME.test(value) && !Number.isNaN(Date.parse(value));
}
