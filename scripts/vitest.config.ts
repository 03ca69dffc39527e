/** How vitest runs the tests that stand beside the sources. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: '.cache/vite',
  test: {
    include: ['player/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts'],
    // No module of ours keeps state, so test files need no process of their own each: that halves the time.
    isolate: false,
    // Tests that encode a few seconds of film share two cores with everything else.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
