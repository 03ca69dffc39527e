/** One file of the built site, or another small text, and its compressed forms: as an object for each wish of a client. */
import { createHash } from 'node:crypto';
import type { Headers } from '../http/http-error.ts';
import { chooseEncoding } from '../http/negotiate-encoding.ts';
import { describeObject, type ObjectDescription } from '../http/plan-answer.ts';
import type { ServedObject } from '../http/send-object.ts';
import { memoryBytes } from '../http/stored-bytes.ts';
import type { ContentCoding } from '../library/title.ts';

export interface SiteFile {
  readonly bytes: Buffer;
  /** Content-Type. */
  readonly type: string;
  /** What to send to a client with this Accept-Encoding header. */
  as(acceptEncoding: string | undefined): ServedObject;
}

export interface SiteFileContent {
  readonly bytes: Buffer;
  /** The same compressed; each form gets an entity tag of its own (RFC 9110 §8.8.3.3). */
  readonly encoded: ReadonlyMap<ContentCoding, Buffer>;
  /** Content-Type. */
  readonly type: string;
  readonly cacheControl: string;
  readonly headers?: Headers;
}

export function createSiteFile({ bytes, encoded, type, cacheControl, headers }: SiteFileContent): SiteFile {
  const facts = {
    type,
    cacheControl,
    headers: { ...headers, ...(encoded.size > 0 ? { vary: 'accept-encoding' } : {}) },
  };
  const plain = createObject(bytes, facts);
  const forms = new Map<ContentCoding, ServedObject>();
  for (const [encoding, form] of encoded) forms.set(encoding, createObject(form, { ...facts, encoding }));
  return {
    bytes,
    type,
    as: (acceptEncoding) => {
      const encoding = chooseEncoding(acceptEncoding, forms);
      return (encoding !== 'identity' && forms.get(encoding)) || plain;
    },
  };
}

function createObject(bytes: Buffer, facts: Omit<ObjectDescription, 'etag' | 'size'>): ServedObject {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
  const description = { ...facts, etag: `"${hash}"`, size: bytes.length };
  return { ...describeObject(description), open: () => memoryBytes(bytes) };
}
