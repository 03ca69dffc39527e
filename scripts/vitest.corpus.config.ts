/** How vitest runs the tests over the whole corpus of films: one film after another, and each may take its time. */
import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  defineConfig({
    test: { include: ['server/**/*.corpus.ts'], testTimeout: 30 * 60_000, fileParallelism: false },
  }),
);
