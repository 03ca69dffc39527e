/** How `npm run test:films` differs from the stories: real films, which take the time that they last. */
import { defineConfig } from '@playwright/test';
import stories from './playwright.config.ts';

export default defineConfig(stories, { testMatch: 'films.e2e.ts', testIgnore: [] });
