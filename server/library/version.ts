/** Names the folder of a version after its content, so that a URL inside it never means other bytes (RFC 9111 §4.2, RFC 8246). */
import { createHash } from 'node:crypto';
import type { TitleFile } from './title.ts';

const HEX_DIGITS = 16;

/** The same files give the same name, in whatever order; 64 bits, in hexadecimal. */
export function versionOf(files: Readonly<Record<string, TitleFile>>): string {
  const lines = Object.entries(files).map(([name, { sha256 }]) => `${name} ${sha256}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex').slice(0, HEX_DIGITS);
}
