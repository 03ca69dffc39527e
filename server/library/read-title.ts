/** Reads `title.json`: the value given back is a `Title` in every part, or the fault is named with its JSON path. */
import {
  CONTENT_CODINGS,
  type EncodedFile,
  type FormerVersion,
  isTitleId,
  isVersion,
  MPD_FILE,
  type Title,
  type TitleFile,
  type TitleRepresentation,
} from './title.ts';

/** A value and where it stands, as `$.files["v1.mp4"].bytes`. */
interface Place {
  readonly value: unknown;
  readonly path: string;
}

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
  const former = optional(member(root, 'former'), (place) => elements(place).map(readFormer));
  const poster = optional(member(root, 'poster'), text);
  if (poster !== undefined && !Object.hasOwn(files, poster))
    throw fault(member(root, 'poster'), 'names no file');
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
    ...(poster === undefined ? {} : { poster }),
    ...(former === undefined ? {} : { former }),
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
  };
}

function readRepresentation(place: Place): TitleRepresentation {
  const kind = member(place, 'kind');
  if (kind.value !== 'video' && kind.value !== 'audio') throw fault(kind, 'is neither "video" nor "audio"');
  const width = optional(member(place, 'width'), count);
  const height = optional(member(place, 'height'), count);
  const frameRate = optional(member(place, 'frameRate'), positive);
  return {
    id: text(member(place, 'id')),
    kind: kind.value,
    codecs: text(member(place, 'codecs')),
    bandwidth: positive(member(place, 'bandwidth')),
    averageBandwidth: positive(member(place, 'averageBandwidth')),
    bytes: count(member(place, 'bytes')),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(frameRate === undefined ? {} : { frameRate }),
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

function member(parent: Place, name: string): Place {
  const fields = object(parent);
  const step = /^[A-Za-z]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { value: Object.hasOwn(fields, name) ? fields[name] : undefined, path: parent.path + step };
}

function object(place: Place): Record<string, unknown> {
  if (typeof place.value === 'object' && place.value !== null && !Array.isArray(place.value)) {
    return place.value as Record<string, unknown>;
  }
  throw fault(place, 'is no object');
}

function elements(place: Place): Place[] {
  if (!Array.isArray(place.value)) throw fault(place, 'is no list');
  return place.value.map((value: unknown, i) => ({ value, path: `${place.path}[${i}]` }));
}

function optional<T>(place: Place, read: (place: Place) => T): T | undefined {
  return place.value === undefined ? undefined : read(place);
}

function text(place: Place): string {
  return checked(place, (value) => value !== '', 'is no text, or empty');
}

function checked(place: Place, isRight: (value: string) => boolean, complaint: string): string {
  if (typeof place.value === 'string' && isRight(place.value)) return place.value;
  throw fault(place, complaint);
}

function count(place: Place): number {
  if (Number.isSafeInteger(place.value) && Number(place.value) >= 0) return Number(place.value);
  throw fault(place, 'is no whole number of 0 or more');
}

function positive(place: Place): number {
  if (typeof place.value === 'number' && Number.isFinite(place.value) && place.value > 0) return place.value;
  throw fault(place, 'is no number above 0');
}

function isTime(value: string): boolean {
  return UTC_TIME.test(value) && !Number.isNaN(Date.parse(value));
}

/** A member that is not there at all is the commonest fault, and said as such. */
function fault(place: Place, complaint: string): Error {
  return new Error(`${place.path} ${place.value === undefined ? 'is missing' : complaint}.`);
}
