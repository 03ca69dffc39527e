/** `npm run bench -- SUBJECT`: our performance figures, each against a peer in the same run. */
import { parseArgs } from 'node:util';
import { formatPackagerCost, measurePackager } from './bench/packager.ts';

const HELP = `npm run bench -- packager [FILE] [--json]

  packager [FILE]   wall and processor seconds to package FILE, against one plain encode of its top rung
                    (default: a generated film of 24 s)
  --json            one JSON line instead of a table`;

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => stop.abort(new Error(`Interrupted by ${name}.`)));
}

try {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [subject, file, ...more] = positionals;
  if (values.help) console.log(HELP);
  else if (subject !== 'packager' || more.length > 0)
    throw new Error(`There is no such measurement.\n\n${HELP}`);
  else {
    const cost = await measurePackager(file, stop.signal);
    console.log(values.json ? JSON.stringify(cost) : formatPackagerCost(cost));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
