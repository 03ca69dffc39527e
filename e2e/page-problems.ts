/** What a page complains about while somebody watches: uncaught errors and errors in its console. */
import type { Page } from '@playwright/test';

export interface PageProblems {
  /** Problems that match are part of the story: it provokes them. */
  allow(pattern: RegExp): void;
  /** Those that are not. */
  unexpected(): readonly string[];
}

export function collectProblems(page: Page): PageProblems {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  page.on('pageerror', (error) => seen.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  return {
    allow(pattern) {
      allowed.push(pattern);
    },
    unexpected: () => seen.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
  };
}
