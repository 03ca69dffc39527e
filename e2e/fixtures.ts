/**
 * What the stories start from: a packaged film, the server with the built site, a network of chosen quality before it,
 * and somebody who watches through it. A page that complains fails its story, unless the story says that it will.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { buildSite, isBuildStale } from '../scripts/build.ts';
import type { RateSchedule } from '../scripts/lab/capacity.ts';
import { createShapedLink, type ShapedLink } from '../scripts/lab/shaped-link.ts';
import { startServer, type WeirServer } from '../server/main.ts';
import { collectProblems, type PageProblems } from './page-problems.ts';
import { addTestTitles, openTestLibrary } from './test-library.ts';
import { createViewer, type Viewer } from './viewer.ts';

export { expect };

export interface Network {
  /** Bits per second, now or over time. */
  readonly rate: number | RateSchedule;
  /** One way. Default 25, as on a good line at home. */
  readonly delayMs?: number;
}

interface ForEachWorker {
  readonly library: string;
  readonly server: WeirServer;
}

interface ForEachTest {
  readonly problems: PageProblems;
  /** Puts a network before the server. */
  readonly openLink: (network: Network) => Promise<ShapedLink>;
  /** Opens the watch page of a title through a network of its own; playback starts by itself, without sound. */
  readonly watch: (
    title: { readonly id: string },
    network: Network,
  ) => Promise<Viewer & { link: ShapedLink }>;
}

const DIST = fileURLToPath(new URL('../player/dist', import.meta.url));

/** Packaging and building happen in the first test of a run, and may find the machine busy. */
const PREPARATION_MS = 600_000;

export const test = base.extend<ForEachTest, ForEachWorker>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures out of this pattern.
    async ({}, use) => {
      const library = await openTestLibrary();
      await addTestTitles(library);
      await use(library);
    },
    { scope: 'worker', timeout: PREPARATION_MS },
  ],

  server: [
    async ({ library }, use) => {
      if (await isBuildStale()) await buildSite();
      const server = await startServer({ host: '127.0.0.1', port: 0, library, dist: DIST });
      await use(server);
      await server.close();
    },
    { scope: 'worker', timeout: PREPARATION_MS },
  ],

  problems: [
    async ({ page }, use) => {
      const problems = collectProblems(page);
      await use(problems);
      expect(problems.unexpected(), 'what the page complained about').toEqual([]);
    },
    { auto: true },
  ],

  openLink: async ({ server }, use) => {
    const links: ShapedLink[] = [];
    const { hostname, port } = new URL(server.url);
    await use(async ({ rate, delayMs = 25 }) => {
      const link = await createShapedLink({ to: { host: hostname, port: Number(port) }, rate, delayMs });
      links.push(link);
      return link;
    });
    for (const link of links) await link.close();
  },

  // The problems are named so that they are judged after the page is closed, and the page is closed before its link:
  // what a page would say about a network that ends with the test belongs to no story.
  watch: async ({ page, openLink, problems: _ }, use, testInfo) => {
    const viewers: Viewer[] = [];
    await use(async ({ id }, network) => {
      const link = await openLink(network);
      const viewer = await createViewer(page);
      viewers.push(viewer);
      await page.goto(`${link.url}/watch/${id}?autoplay=1&muted=1`);
      return { ...viewer, link };
    });
    await page.close();
    if (testInfo.status === testInfo.expectedStatus) return;
    for (const [i, { events }] of viewers.entries()) {
      const path = testInfo.outputPath(`session-${i + 1}.jsonl`);
      await writeFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      await testInfo.attach(`session-${i + 1}`, { path });
    }
  },
});
