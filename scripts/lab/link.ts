// `npm run lab:link`: a shaped link before any HTTP server, for trying a browser or a device on a network of choice.
import { readFile } from 'node:fs/promises';
import { LINK_HELP, type LinkFlags, readLinkFlags } from './link-flags.ts';
import { createShapedLink, type ShapedLinkOptions } from './shaped-link.ts';
import { rateFromTrace, readTrace } from './trace.ts';

const words = process.argv.slice(2);
if (words.includes('--help') || words.includes('-h')) console.log(LINK_HELP);
else await run(words);

async function run(given: readonly string[]): Promise<void> {
  try {
    const flags = readLinkFlags(given);
    const link = await createShapedLink({ ...flags, ...(await readNetwork(flags)) });
    console.log(`${link.url} leads to http://${flags.to.host}:${flags.to.port}, slowly. Ctrl-C ends it.`);
    const stop = async (): Promise<void> => {
      const { at, delivered } = link.stats();
      await link.close();
      console.log(
        `${(delivered / 1e6).toFixed(1)} MB in ${at.toFixed(0)} s, on average ${kbps(delivered, at)} kbit/s.`,
      );
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${LINK_HELP}`);
    process.exitCode = 1;
  }
}

async function readNetwork({
  rate,
  delayMs,
}: LinkFlags): Promise<Pick<ShapedLinkOptions, 'rate' | 'delayMs'>> {
  if ('bitsPerSecond' in rate) return { rate: rate.bitsPerSecond, delayMs: delayMs ?? 0 };
  const text = await readFile(rate.traceFile, 'utf8').catch((cause: Error) => {
    throw new Error(`The trace ${rate.traceFile} cannot be read: ${cause.message}.`, { cause });
  });
  const trace = readTrace(text, rate.traceFile);
  return { rate: rateFromTrace(trace), delayMs: delayMs ?? trace.latencyMs / 2 };
}

function kbps(bytes: number, seconds: number): string {
  return ((bytes * 8) / 1000 / seconds).toFixed(0);
}
