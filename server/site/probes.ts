/** What operators and load balancers ask: does it live, does it want requests, what has it counted. */
import { Router } from 'express';
import type { Metrics } from '../http/metrics.ts';

export interface ProbesOptions {
  readonly metrics: Pick<Metrics, 'contentType' | 'render'>;
  /** False while the server stops: nobody should send it anything new. */
  readonly isReady: () => boolean;
}

export function createProbes({ metrics, isReady }: ProbesOptions): Router {
  const router = Router();
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('alive\n');
  });
  router.get('/readyz', (_request, response) => {
    response
      .status(isReady() ? 200 : 503)
      .type('text/plain')
      .send(isReady() ? 'ready\n' : 'stopping\n');
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.render());
  });
  return router;
}
