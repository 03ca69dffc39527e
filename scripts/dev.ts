// `npm run dev`: the server of films and Vite's server of pages with hot reload, in one process. Takes the flags of
// `npm start`.
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { siteConfig } from '../player/vite.config.ts';
import { startServer } from '../server/main.ts';
import { assertPortFree } from './serve/assert-port-free.ts';
import { createLog } from './serve/create-log.ts';
import { explainListenError, ServeError } from './serve/serve-error.ts';
import { readServeFlags, SERVE_HELP, type ServeFlags } from './serve/serve-flags.ts';
import { stopOnSignals } from './serve/stop-signals.ts';

/** Addresses as the real server has them, and the page that answers each. */
const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/^\/watch\/[^/]+\/?$/, '/watch.html'],
  [/^\/play\/?$/, '/play.html'],
];

const stop = stopOnSignals(() => console.error('Stopping; Ctrl-C again stops at once.'));

try {
  const flags = readServeFlags(process.argv.slice(2), process.env);
  if (flags) await serve(flags);
  else console.log(SERVE_HELP);
} catch (error) {
  if (!(error instanceof ServeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function serve(flags: ServeFlags): Promise<void> {
  await assertPortFree(flags).catch((error: unknown) => {
    throw explainListenError(error, flags);
  });
  const library = resolve(flags.library);
  const films = await startServer({ host: '127.0.0.1', port: 0, library, log: createLog(flags.log) });
  const pages = await servePages(flags, films.url);
  console.log(`Weir's pages, reloading as you edit them: ${addressOf(pages)}`);
  if (!stop.aborted) await once(stop, 'abort');
  await Promise.all([pages.close(), films.close()]);
}

async function servePages({ host, port }: ServeFlags, films: string): Promise<ViteDevServer> {
  const { build: _build, ...site } = siteConfig('');
  const pages = await createServer({
    ...site,
    configFile: false,
    logLevel: 'warn',
    plugins: [routePages()],
    server: { host, port, strictPort: true, proxy: { '/media/': films, '/api/': films } },
  });
  return pages.listen();
}

function addressOf({ resolvedUrls }: ViteDevServer): string {
  return resolvedUrls?.local[0] ?? resolvedUrls?.network[0] ?? '';
}

/** The dev server knows files alone; an address without one is answered by its page. */
function routePages(): Plugin {
  return {
    name: 'weir-routes',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const page = ROUTES.find(([pattern]) => pattern.test(path))?.[1];
        if (page) request.url = query === undefined ? page : `${page}?${query}`;
        next();
      });
    },
  };
}
