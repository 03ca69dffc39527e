/** One line for each request, when it is over. */
import type { IncomingMessage } from 'node:http';
import type { Log } from './log.ts';
import { type CmcdReading, withoutCmcd } from './read-cmcd.ts';
import type { AnswerOutcome } from './watch-answer.ts';

/** Fields that say nothing are left out. What is told by CMCD stands as `cmcd`, not a second time in the URL. */
export function logRequest(
  log: Log,
  { method, url = '', headers }: IncomingMessage,
  { status, bytes, duration, isComplete, client }: AnswerOutcome,
  cmcd: CmcdReading | undefined,
): void {
  const fields = {
    method,
    url: withoutCmcd(url),
    status,
    bytes,
    durationMs: Math.round(duration * 10_000) / 10,
    client,
    ...(headers.range === undefined ? {} : { range: headers.range }),
    ...(isComplete ? {} : { aborted: true }),
    ...(cmcd ? { cmcd: cmcd.values } : {}),
  };
  log.info(fields, 'request');
}
