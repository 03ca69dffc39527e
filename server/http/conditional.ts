/** Decides on conditional requests, RFC 9110 §13: which precondition counts, how it compares, what follows. */
import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate } from './http-date.ts';

/** What a representation is told apart by. */
export interface Validators {
  /** A strong entity tag with its quotes (§8.8.3). */
  readonly etag: string;
  /** Whole seconds since 1970; absent when there is no date, and then date conditions are ignored. */
  readonly modified?: number;
}

export type ConditionOutcome = 'met' | 'not-modified' | 'failed';

/** The order of §13.2.2 for GET and HEAD: each date is looked at only when its entity tag counterpart is absent. */
export function checkConditions(headers: IncomingHttpHeaders, current: Validators): ConditionOutcome {
  if (isFailed(headers, current)) return 'failed';
  return isNotModified(headers, current) ? 'not-modified' : 'met';
}

/**
 * Whether Range may be honoured (§13.1.5): true without If-Range; else the tag must match strongly, or the date exactly.
 */
export function isRangeCurrent(ifRange: string | undefined, current: Validators): boolean {
  if (ifRange === undefined || ifRange === current.etag) return true;
  const date = parseHttpDate(ifRange);
  return date !== undefined && date === current.modified;
}

/** If-Match (strong comparison, §13.1.1), else If-Unmodified-Since (§13.1.4). */
function isFailed(headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) return !(isAny(ifMatch) || entityTags(ifMatch).includes(etag));
  const limit = dateOf(headers['if-unmodified-since']);
  return limit !== undefined && modified !== undefined && modified > limit;
}

/** If-None-Match (weak comparison, §13.1.2), else If-Modified-Since (§13.1.3). */
function isNotModified(headers: IncomingHttpHeaders, { etag, modified }: Validators): boolean {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    return isAny(ifNoneMatch) || entityTags(ifNoneMatch).some((tag) => opaqueOf(tag) === etag);
  }
  const limit = dateOf(headers['if-modified-since']);
  return limit !== undefined && modified !== undefined && modified <= limit;
}

function isAny(header: string): boolean {
  return header.trim() === '*';
}

function dateOf(header: string | undefined): number | undefined {
  return header === undefined ? undefined : parseHttpDate(header);
}

function opaqueOf(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}

/**
 * The tags of a list up to the first fault; what is no tag (say, an unquoted one) matches nothing (§8.8.3).
 *
 *   entity-tag = [ "W/" ] DQUOTE *( %x21 / %x23-7E / %x80-FF ) DQUOTE
 */
function entityTags(list: string): string[] {
  const tags: string[] = [];
  const element = /[ \t,]*((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?:,|$)/y;
  for (let match = element.exec(list); match; match = element.exec(list)) tags.push(match[1] ?? '');
  return tags;
}
