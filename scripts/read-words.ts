/** Command lines as our commands read them: every fault is found, not only the first. */
import { parseArgs } from 'node:util';

interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
}

export interface ReadWords<Name extends string> {
  /** A flag without a value is true. */
  readonly values: Readonly<Partial<Record<Name, string | boolean>>>;
  /** A sentence for each word that is no option, or belongs to none. */
  readonly faults: string[];
}

export function readWords<Name extends string>(
  words: readonly string[],
  options: Readonly<Record<Name, Option>>,
): ReadWords<Name> {
  const known: Readonly<Record<string, Option>> = options;
  const { values, positionals } = parseArgs({
    args: [...words],
    options: known,
    strict: false,
    allowPositionals: true,
  });
  const faults = [
    ...unknownOptions(values, options),
    ...positionals.map((word) => `"${word}" belongs to no option.`),
  ];
  return { values: values as ReadWords<Name>['values'], faults };
}

export function unknownOptions(given: object, options: object): string[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(options, name))
    .map((name) => `There is no option ${name.length === 1 ? '-' : '--'}${name}.`);
}
