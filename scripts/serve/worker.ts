/** One of several processes that serve together; `start-workers.ts` starts it. */
import { runWorker } from '../../server/workers/run-worker.ts';
import { startProcess } from './start-process.ts';

runWorker(startProcess);
