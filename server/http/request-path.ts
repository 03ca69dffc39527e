/**
 * Takes a request target apart, RFC 9112 §3.2, without ever making a path of the file system from it: the segments are
 * only names to look up in an index.
 */
import { isHost } from './assert-host.ts';
import { HttpError } from './http-error.ts';

/** What no honest client sends: encoded separators and NUL, which some later hand might decode a second time. */
const HOSTILE = /%2f|%5c|%00|\\/i;

/**
 * The decoded segments of the path of a target in origin form: `['media', 'film', 'manifest.mpd']`, `['']` for `/`. The query is left out.
 * @throws HttpError 400 for dot segments, encoded slashes, backslashes, NUL and broken percent-encoding.
 */
export function pathSegments(target: string): string[] {
  const path = pathOf(target);
  if (HOSTILE.test(path)) throw badPath('contains a backslash, or an encoded slash or NUL');
  const segments = path.slice(1).split('/').map(decodeSegment);
  if (segments.some((segment) => segment === '.' || segment === '..')) throw badPath('contains dot segments');
  return segments;
}

/** Path and query of a target in absolute form, which a server must accept (§3.2.2); every other one as it is. */
export function originForm(target: string): string {
  const [, authority, rest = ''] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  if (authority === undefined) return target;
  if (authority === '' || !isHost(authority)) throw badPath('belongs to no host');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function pathOf(target: string): string {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/')) throw badPath('does not begin with a slash');
  return path;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw badPath('is not valid percent-encoding', cause);
  }
}

function badPath(fault: string, cause?: unknown): HttpError {
  return new HttpError(400, `The path of the request ${fault}.`, {}, cause);
}
