/** `npm run bench -- SUBJECT`: our performance figures, each against a peer in the same run. */
import { parseArgs } from 'node:util';
import { formatSummary } from './bench/ladder/format-comparison.ts';
import { measureLadders } from './bench/ladder.ts';
import { formatOriginCost } from './bench/origin/origin-cost.ts';
import { measureOrigin } from './bench/origin.ts';
import { formatSlowCost, measureSlowClients } from './bench/origin-slow.ts';
import { formatSoakCost, measureSoak } from './bench/origin-soak.ts';
import { formatPackagerCost, measurePackager } from './bench/packager.ts';

const HELP = `npm run bench -- packager [FILE] | ladder [FILE…] | origin | origin-slow | origin-soak [MINUTES]   [--json]

  packager [FILE]   wall and processor seconds to package FILE, against one plain encode of its top rung
                    (default: a generated film of 24 s)
  ladder [FILE…]    what a ladder made for each film saves against the usual one, both really encoded
                    (default: a generated film of 24 s)
  origin            processor time and latency of an answer, against nginx and express.static (about two minutes;
                    uses wrk and nginx where they are installed)
  origin-slow       what 10 000 slow connections do to a viewer, and what they cost (about a minute)
  origin-soak       memory of the origin under full load with more media than its cache holds (default: 10 minutes)
  --json            one JSON line instead of a table`;

/** Runs to the end and gives what was measured, with its table. `words` are those after the subject. */
type Measure = (words: readonly string[], signal: AbortSignal) => Promise<{ cost: object; table: string }>;

const SUBJECTS: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  [
    'packager',
    async ([file], signal) => {
      const cost = await measurePackager(file, signal);
      return { cost, table: formatPackagerCost(cost) };
    },
  ],
  [
    'ladder',
    async (files, signal) => {
      const films = await measureLadders(files, signal, (table) => console.error(`${table}\n`));
      return { cost: films, table: formatSummary(films) };
    },
  ],
  [
    'origin-slow',
    async (_words, signal) => {
      const cost = await measureSlowClients(signal);
      return { cost, table: formatSlowCost(cost) };
    },
  ],
  [
    'origin-soak',
    async ([minutes = '10'], signal) => {
      const cost = await measureSoak(Number(minutes), signal);
      return { cost, table: formatSoakCost(cost) };
    },
  ],
  [
    'origin',
    async (_words, signal) => {
      const cost = await measureOrigin(signal);
      return { cost, table: formatOriginCost(cost) };
    },
  ],
]);

/** How many words some of them take at most; others take none. */
const MOST_WORDS: ReadonlyMap<string, number> = new Map([
  ['packager', 1],
  ['origin-soak', 1],
  ['ladder', Number.POSITIVE_INFINITY],
]);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => stop.abort(new Error(`Interrupted by ${name}.`)));
}

try {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [subject = '', ...words] = positionals;
  const measure = SUBJECTS.get(subject);
  if (values.help) console.log(HELP);
  else if (!measure || words.length > (MOST_WORDS.get(subject) ?? 0))
    throw new Error(`There is no such measurement.\n\n${HELP}`);
  else {
    const { cost, table } = await measure(words, stop.signal);
    console.log(values.json ? JSON.stringify(cost) : table);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
