/** Our server without pages: `serve-weir.ts PORT LIBRARY`. */
import { startServer } from '../../../server/main.ts';

const [port, library = '.'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
await startServer({ host: '127.0.0.1', port: Number(port), library, signal: stop.signal });
