/** `npm start`: builds the pages if they are old, adds a sample film if there is none, serves, and prints the address. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLibrary } from '../server/library/read-library.ts';
import { readTokenKeys, type TokenKey } from '../server/origin/token-keys.ts';
import { isBuildStale } from './build.ts';
import { runTool } from './check/run-tool.ts';
import { assertPortFree } from './serve/assert-port-free.ts';
import { explainListenError, ServeError } from './serve/serve-error.ts';
import { readServeFlags, SERVE_HELP, type ServeFlags } from './serve/serve-flags.ts';
import { startProcess } from './serve/start-process.ts';
import { startWorkers } from './serve/start-workers.ts';
import { stopOnSignals } from './serve/stop-signals.ts';

const DIST = fileURLToPath(new URL('../player/dist', import.meta.url));

// Whoever reads what this says may leave; viewers stay.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const stop = stopOnSignals(() => console.error('Stopping; Ctrl-C again stops at once.'));

try {
  const flags = readServeFlags(process.argv.slice(2), process.env);
  if (flags) await serve(flags);
  else console.log(SERVE_HELP);
} catch (error) {
  if (stop.aborted) process.exitCode = 130;
  else if (error instanceof ServeError) fail(error.message);
  else throw error;
}

async function serve(flags: ServeFlags): Promise<void> {
  const library = resolve(flags.library);
  const tokenKeys = await readKeys(flags);
  await assertPortFree(flags).catch(failToListen);
  const needsSample = await isEmpty(library);
  if (await isBuildStale()) await buildPages();
  if (needsSample) await makeSample(library);
  stop.throwIfAborted();
  const { host, port, log, workers, cacheMemory } = flags;
  const options = { host, port, log, library, dist: DIST, tokenKeys, cacheMemory };
  const starting = workers === 1 ? startProcess(options) : startWorkers({ ...options, count: workers });
  const server = await starting.catch(failToListen);
  console.log(`Weir is ready: ${server.url}`);
  if (!stop.aborted) await once(stop, 'abort');
  // A person at the terminal waits for nobody.
  await server.close(stop.reason === 'SIGTERM' ? flags.notice : 0);

  function failToListen(error: unknown): never {
    throw explainListenError(error, flags);
  }
}

async function readKeys({ tokenKeys }: ServeFlags): Promise<readonly TokenKey[] | undefined> {
  if (tokenKeys === undefined) return undefined;
  return readTokenKeys(tokenKeys).catch((error: unknown) => {
    throw new ServeError(error instanceof Error ? error.message : String(error), { cause: error });
  });
}

/** In a process of its own: what a build leaves in memory would stay as long as the server does. */
async function buildPages(): Promise<void> {
  console.error('Building the pages: they are older than their sources, or not built yet.');
  const { isSuccess, output } = await runTool('tsx', ['scripts/build.ts'], { signal: stop, output: 'keep' });
  if (!isSuccess) throw new ServeError(`The pages cannot be built:\n${output.trimEnd()}`);
}

/** Whether there is neither a title nor the ruins of one. */
async function isEmpty(library: string): Promise<boolean> {
  try {
    const { titles, damaged } = await createLibrary(library).list();
    return titles.length + damaged.length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ServeError(`The library ${library} cannot be read (${code}): choose a folder with --library.`);
  }
}

/** Without a sample the server is still of use: the page then says how to add a film. */
async function makeSample(library: string): Promise<void> {
  console.error('The library is empty: making a sample film.');
  const { addSample } = await import('./serve/add-sample.ts');
  try {
    await addSample(library, { signal: stop, onProgress: showPercent });
    console.error('The sample film is in the library. Add your own: npm run package -- FILE');
  } catch (error) {
    stop.throwIfAborted();
    console.error(`The sample film could not be made: ${error instanceof Error ? error.message : error}`);
  }
}

/** On a terminal one line that is overwritten; elsewhere nothing, since nobody watches it. */
function showPercent(percent: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${percent < 99 ? `${percent} %` : '    '}\r`);
}

function fail(sentences: string): void {
  for (const sentence of sentences.split('\n')) console.error(`weir: ${sentence}`);
  process.exitCode = 1;
}
