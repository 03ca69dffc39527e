// The ways to a Chromium, and what it must be able to play.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isFile, onPath } from './on-path.mjs';

/** @typedef {import('./find-tool.mjs').Tool} Tool */
/** @typedef {import('./find-tool.mjs').Way} Way */

/** @type {Tool} */
export const CHROMIUM = {
  variable: 'CHROMIUM_PATH',
  wanted: 'Chrome or Chromium that plays H.264 and AAC',
  advice: 'Install Chrome or Chromium',
};

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where macOS keeps them. */
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function installedChromiums() {
  return [...COMMANDS.flatMap(onPath), ...APPLICATIONS.filter(isFile)];
}

const PROBE_PAGE = `data:text/html,<script>document.title =
  MediaSource.isTypeSupported('video/mp4; codecs="avc1.64001f, mp4a.40.2"') ? 'plays' : 'lacks'</script>`;

const PROBE_OPTIONS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--dump-dom'];

/** Helper processes of a browser may write for a moment after it ended. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5 };

/**
 * What is wrong with the Chromium at `path`; undefined when nothing is. It opens a page, for `--version` says neither
 * whether it runs on this machine nor which codecs it was built with.
 * @param {string} path
 * @param {import('./prepare.mjs').Run} run
 */
export async function inspectChromium(path, run) {
  // A profile of its own: beside a Chrome that is open, another start would only open a window there.
  const profile = mkdtempSync(join(tmpdir(), 'weir-profile-'));
  const command = [path, ...PROBE_OPTIONS, `--user-data-dir=${profile}`, PROBE_PAGE];
  const { stdout, fault } = await run(command, { timeout: 60 }).finally(() => rmSync(profile, REMOVAL));
  if (fault !== undefined) return `it does not run (${fault})`;
  if (stdout.includes('<title>plays</title>')) return undefined;
  return stdout.includes('<title>lacks</title>') ? 'it plays no H.264 or AAC' : 'it opens no page';
}

/**
 * The browser that Playwright downloads for itself.
 * @param {import('./prepare.mjs').Context} context
 * @returns {{ there: Way, fetched: Way }}
 */
export function downloadedByPlaywright({ root, run, isRoot }) {
  const folder = join(root, 'node_modules', 'playwright-core');
  const paths = async () => {
    const { chromium } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
    return [chromium.executablePath()].filter(isFile);
  };
  const download = async () => {
    // What it links to, Playwright can install with apt-get alone.
    const libraries = isRoot && onPath('apt-get').length > 0 ? ['--with-deps'] : [];
    const command = [
      process.execPath,
      join(folder, 'cli.js'),
      'install',
      ...libraries,
      '--no-shell',
      'chromium',
    ];
    return (await run(command, { timeout: 900, cwd: root })).fault;
  };
  const doing = 'downloading the Chromium of Playwright';
  return { there: { paths }, fetched: { paths, plan: async () => ({ doing, run: download }) } };
}
