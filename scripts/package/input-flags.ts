/** The flags of `npm run package` that say what is asked of a file before it is taken. */
import { DEFAULT_INPUT_POLICY, type InputPolicy } from '../../server/packager/input/input-policy.ts';

export const INPUT_OPTIONS = {
  'accept-damage': { type: 'boolean' },
  'max-hours': { type: 'string' },
} as const;

export const INPUT_HELP = `\
  --accept-damage       of a file that is cut off or damaged, package what plays, and say what was lost
  --max-hours N         longest film that is taken (default: ${DEFAULT_INPUT_POLICY.longest / 3600})`;

/** The policy with its defaults, and a sentence for each value that cannot be; missing values are told elsewhere. */
export function readInputPolicy(values: Readonly<Record<string, string | boolean | undefined>>): {
  policy: InputPolicy;
  faults: readonly string[];
} {
  const text = values['max-hours'];
  const hours = typeof text === 'string' && text.trim() !== '' ? Number(text) : undefined;
  const isHours = hours === undefined || hours > 0;
  const longest = hours !== undefined && hours > 0 ? hours * 3600 : DEFAULT_INPUT_POLICY.longest;
  return {
    policy: { ...DEFAULT_INPUT_POLICY, acceptDamage: values['accept-damage'] === true, longest },
    faults: isHours ? [] : [`--max-hours takes a number above 0, not "${text}".`],
  };
}
