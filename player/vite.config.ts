// How the browser's side is built: the site (several pages), and two libraries of one file each.
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const PLAYER = fileURLToPath(new URL('.', import.meta.url));
const PAGES = `${PLAYER}page`;

/** Baseline browsers in which `light-dark()` needs no rewriting. */
const TARGET = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

/** What `npm run build` writes beside the site. */
export const LIBRARIES = [
  { name: 'weir', entry: `${PLAYER}engine/weir.ts` },
  { name: 'weir-video', entry: `${PLAYER}element/weir-video.ts` },
] as const;

const shared: UserConfig = {
  root: PAGES,
  publicDir: false,
  cacheDir: `${PLAYER}../.cache/vite`,
  clearScreen: false,
};

/** The pages, their hashed assets, and `.vite/manifest.json`, which tells what belongs to which page. */
export function siteConfig(outDir: string): UserConfig {
  return {
    ...shared,
    base: '/',
    appType: 'mpa',
    build: {
      target: TARGET,
      outDir,
      emptyOutDir: true,
      manifest: true,
      reportCompressedSize: false,
      // A strict content security policy allows no data: URLs in style sheets.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { library: `${PAGES}/index.html`, watch: `${PAGES}/watch.html`, play: `${PAGES}/play.html` },
      },
    },
  };
}

/** One self-contained ES module `<name>.js`, minified whole (Vite spares the blanks of ES libraries by default). */
export function libraryConfig({ name, entry }: (typeof LIBRARIES)[number], outDir: string): UserConfig {
  return {
    ...shared,
    build: {
      target: TARGET,
      outDir,
      emptyOutDir: false,
      reportCompressedSize: false,
      lib: { entry, formats: ['es'], fileName: name },
      rolldownOptions: { output: { minify: true } },
    },
  };
}

export default defineConfig(siteConfig(`${PLAYER}dist/site`));
