/**
 * What is answered to GET or HEAD of an object: status, headers and the pieces of the body, RFC 9110 §13–15. A
 * calculation: nothing is read and nothing is sent here.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ByteRange } from '../../player/core/dash/presentation.ts';
import { checkConditions, isRangeCurrent, type Validators } from './conditional.ts';
import { formatHttpDate } from './http-date.ts';
import { type Headers, HttpError } from './http-error.ts';
import { contentRange, parseRange, rangeLength } from './range.ts';

/** A representation as its answers describe it. */
export interface ObjectDescription extends Validators {
  readonly size: number;
  /** Content-Type. */
  readonly type: string;
  readonly cacheControl: string;
  /** Sent with every status, errors too: CORS, Vary, nosniff … */
  readonly headers: Headers;
  /** Content-Encoding of the stored bytes; absent for bytes as they are. */
  readonly encoding?: string;
}

export interface ObjectFacts extends ObjectDescription {
  /** What every answer with bytes of it says. */
  readonly entityHeaders: readonly string[];
}

/** To be made once for an object, not for a request. */
export function describeObject(description: ObjectDescription): ObjectFacts {
  return { ...description, entityHeaders: entityHeadersOf(description) };
}

/** Text that the server writes itself, or bytes of the object. */
export type Piece = string | ByteRange;

export interface Answer {
  readonly status: 200 | 206 | 304;
  /** Names and values by turns: the form that Node writes fastest. */
  readonly headers: string[];
  /** In order; empty when there is no body. */
  readonly pieces: readonly Piece[];
}

/** @throws HttpError 412 for a failed precondition, 416 for a range outside of the object. */
export function planAnswer(method: string, headers: IncomingHttpHeaders, object: ObjectFacts): Answer {
  const condition = checkConditions(headers, object);
  if (condition === 'failed') throw new HttpError(412, 'The precondition of the request is not met.');
  if (condition === 'not-modified') return notModified(object);
  return method === 'HEAD' ? { ...whole(object), pieces: [] } : wholeOrPart(headers, object);
}

/** Range is defined for GET alone (§14.2). */
function wholeOrPart(headers: IncomingHttpHeaders, object: ObjectFacts): Answer {
  if (!isRangeCurrent(headerOf(headers, 'if-range'), object)) return whole(object);
  const outcome = parseRange(headers.range, object.size);
  if (outcome.kind === 'full') return whole(object);
  if (outcome.kind === 'unsatisfiable') {
    const sentence = `The range lies outside of the object, which has ${object.size} bytes.`;
    throw new HttpError(416, sentence, { 'content-range': contentRange(undefined, object.size) });
  }
  const [range, ...others] = outcome.ranges;
  return range && others.length === 0 ? part(range, object) : multipart(outcome.ranges, object);
}

function whole(object: ObjectFacts): Answer {
  const pieces = object.size === 0 ? [] : [{ first: 0, last: object.size - 1 }];
  return { status: 200, headers: [...object.entityHeaders, 'content-length', `${object.size}`], pieces };
}

function part(range: ByteRange, object: ObjectFacts): Answer {
  const headers = [
    ...object.entityHeaders,
    'content-length',
    `${rangeLength(range)}`,
    'content-range',
    contentRange(range, object.size),
  ];
  return { status: 206, headers, pieces: [range] };
}

/** multipart/byteranges (§14.6): Content-Range stands in each part and never above them. */
function multipart(ranges: readonly ByteRange[], object: ObjectFacts): Answer {
  const boundary = randomUUID();
  const pieces = ranges.flatMap((range, position): Piece[] => {
    const head = `--${boundary}\r\nContent-Type: ${object.type}\r\nContent-Range: ${contentRange(range, object.size)}`;
    return [`${position === 0 ? '' : '\r\n'}${head}\r\n\r\n`, range];
  });
  pieces.push(`\r\n--${boundary}--\r\n`);
  const headers = [
    ...entityHeadersOf({ ...object, type: `multipart/byteranges; boundary=${boundary}` }),
    'content-length',
    `${pieces.reduce((sum, piece) => sum + pieceLength(piece), 0)}`,
  ];
  return { status: 206, headers, pieces };
}

/** 304 repeats what a cache must learn, and nothing that describes a body (§15.4.5). */
function notModified(object: ObjectFacts): Answer {
  const headers = listOf({ ...object.headers, etag: object.etag, 'cache-control': object.cacheControl });
  return { status: 304, headers, pieces: [] };
}

function entityHeadersOf(object: ObjectDescription): string[] {
  const headers: Record<string, string> = {
    ...object.headers,
    'accept-ranges': 'bytes',
    'cache-control': object.cacheControl,
    'content-type': object.type,
    etag: object.etag,
  };
  if (object.encoding !== undefined) headers['content-encoding'] = object.encoding;
  if (object.modified !== undefined) headers['last-modified'] = formatHttpDate(object.modified);
  return listOf(headers);
}

function listOf(headers: Headers): string[] {
  return Object.entries(headers).flat();
}

function pieceLength(piece: Piece): number {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : rangeLength(piece);
}

/** A header that Node types as a list although it joins repetitions itself. */
function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
