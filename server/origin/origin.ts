/** The origin: answers `/media/<id>/<file>` from the library, to players on any site. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockCache } from '../cache/block-cache.ts';
import { answerError } from '../http/answer-error.ts';
import { answerPreflight, CROSS_ORIGIN_HEADERS, READ_METHODS } from '../http/cross-origin.ts';
import { type Headers, HttpError } from '../http/http-error.ts';
import { type Log, silentLog } from '../http/log.ts';
import { chooseEncoding } from '../http/negotiate-encoding.ts';
import { describeObject, type ObjectDescription } from '../http/plan-answer.ts';
import { pathSegments } from '../http/request-path.ts';
import { type ServedObject, sendObject } from '../http/send-object.ts';
import { type PublishedFile, ReplacedFileError } from '../library/published-file.ts';
import type { Library } from '../library/read-library.ts';
import { DamagedTitleError } from '../library/title-folder.ts';
import { admit, limitCaching } from './access.ts';
import type { TokenKey } from './token-keys.ts';

/** A year is the longest that caches understand (RFC 9111 §1.2.2 had it so); `immutable` spares the check on reload (RFC 8246). */
const LASTING = 'public, max-age=31536000, immutable';

/**
 * Manifests and whatever else lies outside of a version's folder may be replaced: long enough for many viewers to share one
 * answer, short enough that a title published again shows at once. With the entity tag a check costs one small answer.
 */
const REPLACEABLE = 'public, max-age=2, stale-while-revalidate=10';

export interface OriginOptions {
  readonly library: Library;
  readonly cache: BlockCache;
  readonly log: Log;
  /** With keys, media is for those alone who have a token that was signed with one of them. */
  readonly keys?: readonly TokenKey[];
  /** Seconds since 1970. */
  readonly now?: () => number;
}

/** Takes every request whose path begins with `/media/` or `/t/<token>/media/`; whatever goes wrong ends in an answer, never in a throw. */
export function createOrigin({
  library,
  cache,
  log,
  keys,
  now = () => Date.now() / 1000,
}: OriginOptions): (request: IncomingMessage, response: ServerResponse) => void {
  /** Made once for each file of the index: what an answer says about it does not change. */
  const objects = new WeakMap<PublishedFile, ServedObject>();

  /** Text in the form that the client likes best; each form is an object of its own, with its own tag (RFC 9110 §8.8.3.3). */
  function chooseForm(file: PublishedFile | undefined, acceptEncoding: string | undefined): ServedObject {
    if (!file) throw new HttpError(404, 'There is no such file in the library.');
    const encoding = file.encoded.size === 0 ? 'identity' : chooseEncoding(acceptEncoding, file.encoded);
    const form = (encoding !== 'identity' && file.encoded.get(encoding)) || file;
    let object = objects.get(form);
    if (!object) {
      object = {
        ...describeObject({ ...describeForm(file, form), ...(form === file ? {} : { encoding }) }),
        open: () => cache.open(form),
      };
      objects.set(form, object);
    }
    return object;
  }

  async function find({ url = '', headers }: IncomingMessage): Promise<ServedObject> {
    const { id, name, remaining } = admit(pathSegments(url), keys, now());
    const object = chooseForm(await library.find(id, name), headers['accept-encoding']);
    return remaining === undefined ? object : limitObject(object, remaining);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') {
      answerPreflight(response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new HttpError(405, `Media can be read, not changed: ${request.method} is not allowed.`, {
        allow: READ_METHODS,
      });
    }
    try {
      await sendObject(request, response, await find(request));
    } catch (error) {
      if (!(error instanceof ReplacedFileError) || response.headersSent) throw error;
      await sendObject(request, response, await find(request));
    }
  }

  return function origin(request, response) {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof DamagedTitleError) answerDamage(response, error);
      else answerError(response, error, { log, headers: CROSS_ORIGIN_HEADERS });
    });
  };
}

function describeForm(file: PublishedFile, form: PublishedFile): ObjectDescription {
  return {
    size: form.bytes,
    type: file.type,
    etag: `"${form.sha256.slice(0, 32)}"`,
    cacheControl: file.isLasting ? LASTING : REPLACEABLE,
    headers: headersOf(file),
    ...(file.modified === undefined ? {} : { modified: file.modified }),
  };
}

/** The same object, fresh no longer than the token that opens it. */
function limitObject({ open, ...facts }: ServedObject, remaining: number): ServedObject {
  return { ...describeObject({ ...facts, cacheControl: limitCaching(facts.cacheControl, remaining) }), open };
}

/** What a browser would show as a document (a report, a picture in SVG) is shown as one that can do nothing. */
const DOCUMENT = /html|xml|svg/;
const INERT =
  "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'";

function headersOf({ type, encoded }: PublishedFile): Headers {
  return {
    ...CROSS_ORIGIN_HEADERS,
    ...(encoded.size > 0 ? { vary: 'accept-encoding' } : {}),
    ...(DOCUMENT.test(type) ? { 'content-security-policy': INERT } : {}),
  };
}

/** A damage is no secret: whoever published the title can mend it by what the sentence says. The log has it once already. */
function answerDamage(response: ServerResponse, error: DamagedTitleError): void {
  const answer = new HttpError(500, error.message, {}, error);
  answerError(response, answer, { log: silentLog, headers: CROSS_ORIGIN_HEADERS });
}
