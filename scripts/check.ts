/** `npm run check`: in seconds, whether the project keeps its own rules. */
import { ALL_GATES } from './check/gates.ts';
import { passGates } from './check/pass-gates.ts';
import { untilInterrupted } from './test/until-interrupted.ts';

await untilInterrupted(async (signal) => {
  const red = await passGates(ALL_GATES, console.log, signal);
  if (red.length > 0) console.log(`\nNot good yet: ${red.join(', ')}.`);
  return red.length === 0;
});
