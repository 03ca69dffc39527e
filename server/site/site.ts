/** The Express app beside the origin: pages, API and probes. Everything here is small, rare or both. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { answerError } from '../http/answer-error.ts';
import { HttpError } from '../http/http-error.ts';
import { type Log, silentLog } from '../http/log.ts';
import { pathSegments } from '../http/request-path.ts';
import type { Library } from '../library/read-library.ts';
import { DamagedTitleError } from '../library/title-folder.ts';
import { createApi } from './api.ts';
import { renderErrorPage } from './error-page.ts';
import { createPageSecurity } from './page-security.ts';
import { createPages } from './pages.ts';
import { createProbes, type ProbesOptions } from './probes.ts';

export interface SiteOptions extends ProbesOptions {
  readonly library: Library;
  /** Folder that `npm run build` writes; undefined for a server without pages. */
  readonly dist: string | undefined;
  readonly log: Log;
  /** False when media needs a token. Default: true. */
  readonly isMediaOpen?: boolean;
}

export function createSite({
  library,
  dist,
  log,
  metrics,
  isReady,
  isMediaOpen = true,
}: SiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(createPageSecurity(), refuseOddRequests);
  app.use(createProbes({ metrics, isReady }));
  app.use('/api', createApi({ library, isMediaOpen }));
  app.use(createPages({ library, dist }));
  app.use(answerFailure(log));
  return app;
}

const refuseOddRequests: RequestHandler = ({ method, url }, _response, next) => {
  pathSegments(url);
  if (method !== 'GET' && method !== 'HEAD') {
    throw new HttpError(405, `Pages and API can be read only: ${method} is not allowed.`, {
      allow: 'GET, HEAD',
    });
  }
  next();
};

/** Programs get JSON, people a page. The log has a damage once already. Express tells error handlers by their four arguments. */
function answerFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, { originalUrl }, response, _next) => {
    const isDamage = error instanceof DamagedTitleError;
    answerError(response, isDamage ? new HttpError(500, error.message, {}, error) : error, {
      log: isDamage ? silentLog : log,
      render: originalUrl.startsWith('/api/') ? asJson : renderErrorPage,
    });
  };
}

function asJson({ message }: HttpError): { type: string; body: string } {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify({ error: message }) };
}
