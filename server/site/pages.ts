/** The pages and what they are made of: `/`, `/watch/<id>`, `/play`, `/assets/…`, and the two libraries. */
import { type Request, type Response, Router } from 'express';
import { HttpError } from '../http/http-error.ts';
import { sendObject } from '../http/send-object.ts';
import type { Library } from '../library/read-library.ts';
import { DamagedTitleError } from '../library/title-folder.ts';
import { type BuiltSite, readBuiltSite } from './built-site.ts';
import type { SiteFile } from './site-file.ts';

const WATCH = 'site/watch.html';

/** Without `dist` there are no pages: somebody else serves them, as `npm run dev` does. */
export function createPages({
  library,
  dist,
}: {
  readonly library: Library;
  readonly dist: string | undefined;
}): Router {
  const site = rememberSite(dist);
  const router = Router();

  async function fileAt(path: string): Promise<SiteFile> {
    const file = (await site()).get(path);
    if (!file) throw new HttpError(404, 'There is nothing at this address.');
    return file;
  }

  async function send(request: Request, response: Response, path: string): Promise<void> {
    const file = await fileAt(path);
    await sendObject(request, response, file.as(request.headers['accept-encoding']));
  }

  /** The page itself tells what is wrong, as it learns it from the API; the status tells whoever reads no pages. */
  async function sendWatchPage(request: Request<{ id: string }>, response: Response): Promise<void> {
    const status = await statusOf(library, request.params.id);
    if (status === 200) {
      await send(request, response, WATCH);
      return;
    }
    const { type, bytes } = await fileAt(WATCH);
    response.status(status).set({ 'cache-control': 'no-store', 'content-type': type }).send(bytes);
  }

  router.get('/', (request, response) => send(request, response, 'site/index.html'));
  router.get('/play', (request, response) => send(request, response, 'site/play.html'));
  router.get('/watch/:id', sendWatchPage);
  router.get(/\.html$/, () => {
    throw new HttpError(404, 'Pages have addresses without ".html".');
  });
  router.get(['/weir.js', '/weir-video.js'], (request, response) =>
    send(request, response, request.path.slice(1)),
  );
  router.get('/*path', (request, response) => send(request, response, `site${request.path}`));
  return router;
}

async function statusOf(library: Library, id: string): Promise<200 | 404 | 500> {
  try {
    return (await library.title(id)) ? 200 : 404;
  } catch (error) {
    if (error instanceof DamagedTitleError) return 500;
    throw error;
  }
}

/** Read once; as long as there is no finished build, each request looks again. */
function rememberSite(dist: string | undefined): () => Promise<BuiltSite> {
  let reading: Promise<BuiltSite | undefined> | undefined;
  return async () => {
    reading ??= dist === undefined ? Promise.resolve(undefined) : readBuiltSite(dist);
    const site = await reading.catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    if (site) return site;
    reading = undefined;
    throw new HttpError(503, 'The pages are not built yet: run "npm run build".', { 'retry-after': '5' });
  };
}
