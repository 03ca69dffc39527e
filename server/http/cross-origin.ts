/** Opens media to players on any other origin: CORS, resource timing, cross-origin isolation (Fetch §3.3, §3.8). */
import type { ServerResponse } from 'node:http';
import type { Headers } from './http-error.ts';

const EXPOSED = [
  'Accept-Ranges',
  'Age',
  'Cache-Status',
  'CMSD-Dynamic',
  'CMSD-Static',
  'Content-Encoding',
  'Content-Length',
  'Content-Range',
  'Date',
  'ETag',
  'Last-Modified',
  'Retry-After',
  'Server-Timing',
];

/** For every answer about media, errors too: a player that cannot read a status cannot say what is wrong. */
export const CROSS_ORIGIN_HEADERS: Headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED.join(', '),
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'x-content-type-options': 'nosniff',
};

export const READ_METHODS = 'GET, HEAD, OPTIONS';

/** Single ranges need no preflight; several ranges, conditions and CMCD in headers (CTA-5004) do. */
const ALLOWED_HEADERS = [
  'CMCD-Object',
  'CMCD-Request',
  'CMCD-Session',
  'CMCD-Status',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'If-Range',
  'If-Unmodified-Since',
  'Range',
];

/** Answers OPTIONS; a browser may remember it for a day (and keeps it as long as it sees fit). */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    ...CROSS_ORIGIN_HEADERS,
    allow: READ_METHODS,
    'access-control-allow-headers': ALLOWED_HEADERS.join(', '),
    'access-control-allow-methods': READ_METHODS,
    'access-control-max-age': '86400',
  });
  response.end();
}
