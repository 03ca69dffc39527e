/** Whom a request is for must be said exactly once, RFC 9112 §3.2: else a cache before this server may take it for another's. */
import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './http-error.ts';

/** Host = uri-host [ ":" port ], RFC 3986 §3.2.2. Repeated fields come joined by a comma and a blank, which no host has. */
const HOST = /^(?:\[[0-9A-Fa-f:.v~_!$&'()*+,;=-]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::\d*)?$/;

export function isHost(text: string): boolean {
  return HOST.test(text);
}

/** @throws HttpError 400. A missing field is refused by Node already, except where HTTP/1.0 allows it. */
export function assertHost({ host }: IncomingHttpHeaders): void {
  if (host !== undefined && !isHost(host)) {
    throw new HttpError(400, 'The Host field of the request is given more than once, or is no host.');
  }
}
