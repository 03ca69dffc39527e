/** What `npm run build` made, in memory: it is less than a megabyte, and no request has to wait for the disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Headers } from '../http/http-error.ts';
import { CONTENT_CODINGS, type ContentCoding, encodedName } from '../library/title.ts';
import { createSiteFile, type SiteFile } from './site-file.ts';

/** By path below the build's folder, with slashes: `site/index.html`, `weir.js`. */
export type BuiltSite = ReadonlyMap<string, SiteFile>;

/** Without one of these a build is unfinished. */
const REQUIRED = ['site/index.html', 'site/watch.html', 'site/play.html', 'weir.js', 'weir-video.js'];

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** Vite puts a hash of the content into these names: the same name can never mean other bytes. */
const HASHED = /^site\/assets\//;

/** The libraries are for pages of any origin, the site is not. */
const OPEN: Headers = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** `undefined` when there is no finished build at `dist`. Folders and files that begin with a dot are not served. */
export async function readBuiltSite(dist: string): Promise<BuiltSite | undefined> {
  const paths = new Set(await listFiles(dist));
  if (!REQUIRED.every((path) => paths.has(path))) return undefined;
  for (const path of [...paths])
    for (const coding of CONTENT_CODINGS) paths.delete(encodedName(path, coding));
  const files = [...paths].map(async (path) => [path, await readSiteFile(dist, path)] as const);
  return new Map(await Promise.all(files));
}

async function listFiles(dist: string): Promise<string[]> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.')));
}

async function readSiteFile(dist: string, path: string): Promise<SiteFile> {
  const encoded = new Map<ContentCoding, Buffer>();
  for (const coding of CONTENT_CODINGS) {
    const bytes = await readFile(join(dist, encodedName(path, coding))).catch(() => undefined);
    if (bytes) encoded.set(coding, bytes);
  }
  return createSiteFile({
    bytes: await readFile(join(dist, path)),
    encoded,
    type: TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    cacheControl: HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(path.startsWith('site/') ? {} : { headers: OPEN }),
  });
}
