/** Our server without pages, as `npm start` runs it: `serve-weir.ts PORT LIBRARY WORKERS CACHE_BYTES`. */
import { startProcess } from '../../serve/start-process.ts';
import { startWorkers } from '../../serve/start-workers.ts';

const [port, library = '.', workers, cacheMemory] = process.argv.slice(2);
const options = {
  host: '127.0.0.1',
  port: Number(port),
  library,
  log: 'warn',
  cacheMemory: Number(cacheMemory),
} as const;
const count = Number(workers);
const server = count === 1 ? await startProcess(options) : await startWorkers({ ...options, count });
process.once('SIGTERM', async () => {
  await server.close(0);
  process.exit();
});
