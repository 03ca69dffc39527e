// How the browser's side is built: the site (several pages), and two libraries of one file each.
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const PLAYER = fileURLToPath(new URL('.', import.meta.url));
const PAGES = `${PLAYER}page`;

/** Baseline browsers in which `light-dark()` needs no rewriting. */
const TARGET = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

/** What `npm run build` writes under `player/dist/`, beside the site. */
export const LIBRARIES = [
  { name: 'weir', entry: `${PLAYER}engine/weir.ts` },
  { name: 'weir-video', entry: `${PLAYER}element/weir-video.ts` },
] as const;

export default defineConfig({
  root: PAGES,
  base: '/',
  appType: 'mpa',
  publicDir: false,
  cacheDir: `${PLAYER}../.cache/vite`,
  clearScreen: false,
  build: {
    target: TARGET,
    outDir: `${PLAYER}dist/site`,
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
});

/** One self-contained ES module `dist/<name>.js`. */
export function libraryConfig({ name, entry }: (typeof LIBRARIES)[number]): UserConfig {
  return {
    configFile: false,
    root: PAGES,
    publicDir: false,
    clearScreen: false,
    build: {
      target: TARGET,
      outDir: `${PLAYER}dist`,
      emptyOutDir: false,
      reportCompressedSize: false,
      minify: true,
      lib: { entry, formats: ['es'], fileName: name },
      rolldownOptions: { output: { minify: true } },
    },
  };
}
