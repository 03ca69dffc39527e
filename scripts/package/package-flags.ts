/** What `npm run package` is asked for on its command line. */
import { parseArgs } from 'node:util';
import type { FormerConfig } from '../../server/library/former-versions.ts';
import { slugOf } from '../../server/library/title-id.ts';
import type { PackagingConfig } from '../../server/packager/packaging-config.ts';
import { unknownOptions } from '../read-words.ts';
import { CAPTIONS_HELP, CAPTIONS_OPTION, readCaptionsFlag } from './captions-flag.ts';
import { FORMER_HELP, FORMER_OPTION, readFormerFlag } from './former-flag.ts';
import { INPUT_HELP, INPUT_OPTIONS, readInputPolicy } from './input-flags.ts';
import { PACKAGING_HELP, PACKAGING_OPTIONS, readPackagingConfig } from './packaging-config-flags.ts';

export interface PackageFlags {
  /** At least one. */
  readonly files: readonly string[];
  /** Folder of published titles, relative to where the command was given. */
  readonly library: string;
  readonly id?: string;
  readonly title?: string;
  readonly config: PackagingConfig;
  readonly former: FormerConfig;
  /** One JSON line for each file on stdout, everything else on stderr. */
  readonly json: boolean;
  /** Shows the ffmpeg command, and all that it said when it failed. */
  readonly verbose: boolean;
  /** Shows neither progress nor what was made: only what is unusual, and what failed. */
  readonly quiet: boolean;
  /** Tells what would be made, and makes nothing. */
  readonly dryRun: boolean;
}

/** All that is wrong with a command line, one sentence a line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const PACKAGE_HELP = `npm run package -- FILE… [--library DIR] [--id ID] [--title TITLE] [--codecs h264,av1] …

Makes an adaptive presentation of each video or audio file and puts it into the library.

  --library DIR         folder of published titles (default: $WEIR_LIBRARY, or media/library)
  --id ID               name of the title's folder and address (default: made of the title)
  --title TITLE         for people (default: made of the file's name)
${PACKAGING_HELP}
${CAPTIONS_HELP}
${FORMER_HELP}
${INPUT_HELP}
  --json                one JSON line for each file on stdout: {"ok":true,"file",…,"title":{…}} or
                        {"ok":false,"file",…,"code",…,"message"}; everything else goes to stderr
  --verbose             show the ffmpeg command, ready to be pasted, and all it says when it fails
  --quiet               no progress and no tables: only what is unusual, and what failed
  --dry-run             tell what would be made (rungs, rates, size, command), and encode nothing
  --help                this text

A file that was packaged before is replaced; another one of the same name gets a number.
Exit code: 0 all files are in the library, 1 at least one is not, 2 the command line is wrong,
130 or 143 interrupted by Ctrl-C or SIGTERM. Nothing is left of a file that failed.`;

const OPTIONS = {
  library: { type: 'string' },
  id: { type: 'string' },
  title: { type: 'string' },
  ...PACKAGING_OPTIONS,
  ...INPUT_OPTIONS,
  ...FORMER_OPTION,
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * `undefined` when help is asked for.
 * @throws UsageError
 */
export function readPackageFlags(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): PackageFlags | undefined {
  const { values: given, positionals } = parseArgs({
    args: [...words],
    options: { ...OPTIONS, ...CAPTIONS_OPTION },
    strict: false,
    allowPositionals: true,
  });
  const { captions: captionsGiven, ...values } = given;
  const bundles = bundledOptions(words);
  if (values.help && bundles.length === 0) return undefined;
  const { config, faults: packagingFaults } = readPackagingConfig(values);
  const { captions, faults: captionsFaults } = readCaptionsFlag(captionsGiven);
  const { policy, faults: inputFaults } = readInputPolicy(values);
  const { former, faults: formerFaults } = readFormerFlag(values['keep-former']);
  const faults = [
    ...(bundles.length > 0 ? bundles : unknownOptions(values, OPTIONS)),
    ...misusedOptions(values),
    ...packagingFaults,
    ...captionsFaults,
    ...inputFaults,
    ...formerFaults,
    ...unusableId(values),
    ...misplacedNames({ ...values, captions: captionsGiven?.[0] }, positionals),
  ];
  if (positionals.length === 0) faults.push('There is no FILE to package.');
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  const [id, title] = [textOf(values.id), textOf(values.title)];
  return {
    files: positionals,
    config: { ...config, captions, input: policy },
    former,
    library: textOf(values.library) ?? (environment['WEIR_LIBRARY'] || 'media/library'),
    json: values.json === true,
    verbose: values.verbose === true,
    quiet: values.quiet === true,
    dryRun: values['dry-run'] === true,
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
  };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** No two options go into one word here, so it is a file: of `-dash.mp4`, four letters would be taken for options. */
function bundledOptions(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  return words
    .slice(0, end < 0 ? undefined : end)
    .filter((word) => /^-[^-]./.test(word))
    .map((word) => `${word} looks like options: a file of that name is ./${word}.`);
}

/** A name is never changed in secret. */
function unusableId({ id }: Values): string[] {
  const text = textOf(id);
  if (text === undefined || slugOf(text) === text) return [];
  const could = slugOf(text) ? `, as in "${slugOf(text)}"` : '';
  return [`--id takes lower-case letters, digits and single hyphens${could}, not "${text}".`];
}

function misusedOptions(values: Values): string[] {
  return Object.entries(OPTIONS).flatMap(([name, { type }]) => {
    const value = values[name];
    if (value === undefined) return [];
    if (type === 'string' && !textOf(value)) return [`--${name} needs a value.`];
    if (type === 'boolean' && typeof value !== 'boolean') return [`--${name} takes no value.`];
    return [];
  });
}

function misplacedNames(values: Values, files: readonly string[]): string[] {
  const named = ['id', 'title', 'captions'].filter((name) => values[name] !== undefined);
  return files.length > 1
    ? named.map((name) => `--${name} is for one film, but there are ${files.length} files.`)
    : [];
}

/** A word that begins with a hyphen is the next option, and the value was forgotten. */
function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && /^[^-\s]|^\s+\S/.test(value) ? value : undefined;
}
