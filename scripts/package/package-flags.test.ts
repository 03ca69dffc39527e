/** The flags of `npm run package`: what they mean, and every fault at once. */
import { expect, test } from 'vitest';
import { DEFAULT_FORMER_CONFIG } from '../../server/library/former-versions.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../../server/packager/packaging-config.ts';
import { PACKAGE_HELP, readPackageFlags, UsageError } from './package-flags.ts';

const defaults = {
  former: DEFAULT_FORMER_CONFIG,
  config: DEFAULT_PACKAGING_CONFIG,
  library: 'media/library',
  json: false,
  verbose: false,
  quiet: false,
  dryRun: false,
};

test('files in order, and the defaults', () => {
  expect(readPackageFlags(['a.mp4', 'b.mkv'], {})).toEqual({ ...defaults, files: ['a.mp4', 'b.mkv'] });
  expect(readPackageFlags(['--', '--odd.mp4'], {})?.files).toEqual(['--odd.mp4']);
});

test('flags are read wherever they stand, and win over the environment', () => {
  const words = [
    '--library',
    'x',
    'a.mp4',
    '--json',
    '--verbose',
    '--quiet',
    '--dry-run',
    '--id=a',
    '--title',
    'A film',
  ];
  expect(readPackageFlags(words, { WEIR_LIBRARY: 'y' })).toEqual({
    config: DEFAULT_PACKAGING_CONFIG,
    former: DEFAULT_FORMER_CONFIG,
    files: ['a.mp4'],
    library: 'x',
    json: true,
    verbose: true,
    quiet: true,
    dryRun: true,
    id: 'a',
    title: 'A film',
  });
  expect(readPackageFlags(['a.mp4'], { WEIR_LIBRARY: 'y' })?.library).toBe('y');
});

test('help wins over everything, names the options and the exit codes', () => {
  expect(readPackageFlags(['--nonsense', '-h'], {})).toBeUndefined();
  for (const word of [
    '--library',
    '--id',
    '--title',
    '--json',
    '--verbose',
    '--codecs',
    '--crf',
    '--help',
    '130',
    '143',
  ])
    expect(PACKAGE_HELP).toContain(word);
});

test('all faults are told at once', () => {
  expect(() => readPackageFlags(['--what', '--json=yes', '--title=', '-x', '--id', '--verbose'], {})).toThrow(
    new UsageError(
      [
        'There is no option --what.',
        'There is no option -x.',
        '--id needs a value.',
        '--title needs a value.',
        '--json takes no value.',
        'There is no FILE to package.',
      ].join('\n'),
    ),
  );
});

test('captions are read for each language', () => {
  const words = ['--captions', 'deu=a=b.srt', '--captions=pt_br=c.vtt', 'film.mp4'];
  expect(readPackageFlags(words, {})?.config.captions).toEqual([
    { lang: 'de', file: 'a=b.srt' },
    { lang: 'pt-BR', file: 'c.vtt' },
  ]);
});

test('captions that cannot be are told', () => {
  const words = ['--captions', 'a.srt', '--captions', 'german=a.srt', '--captions=en=', '--captions', 'de=a'];
  expect(() => readPackageFlags([...words, '--captions', 'ger=b', 'a.mp4', 'b.mp4'], {})).toThrow(
    new UsageError(
      [
        '--captions takes LANG=FILE, as de=film.srt.',
        '--captions takes a language of BCP 47, as de or pt-BR, not "german".',
        '--captions takes LANG=FILE, as de=film.srt.',
        '--captions has two files for the language "de".',
        '--captions is for one film, but there are 2 files.',
      ].join('\n'),
    ),
  );
});

test('one name cannot be given to two films', () => {
  expect(() => readPackageFlags(['a', 'b', '--title', 'T'], {})).toThrow(
    '--title is for one film, but there are 2 files.',
  );
});

test('how to encode is read too', () => {
  const words = '--codecs h264,av1 --rate-control vbr --segment-seconds 2.5 --layout files --per-title never';
  expect(readPackageFlags([...words.split(' '), '--preset=fast', '--crf', '20', 'a'], {})?.config).toEqual({
    ...DEFAULT_PACKAGING_CONFIG,
    codecs: ['h264', 'av1'],
    rateControl: 'vbr',
    segmentSeconds: 2.5,
    layout: 'files',
    perTitle: 'never',
    preset: 'fast',
    crf: 20,
  });
});

test('a value that cannot be is told with what can', () => {
  const words = '--codecs h264,h265 --rate-control abr --segment-seconds 11 --layout flat --per-title yes';
  expect(() => readPackageFlags([...words.split(' '), '--preset=no', '--crf=high', 'a'], {})).toThrow(
    new UsageError(
      [
        '--codecs takes one or several of h264, hevc, vp9, av1, each once, not "h264,h265".',
        '--rate-control takes one of crf, vbr, cbr, not "abr".',
        '--crf takes a number from 0 to 51, not "high".',
        '--preset takes one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow, not "no".',
        '--per-title takes one of auto, always, never, not "yes".',
        '--segment-seconds takes a number from 1 to 10, not "11".',
        '--layout takes one of indexed, files, not "flat".',
      ].join('\n'),
    ),
  );
  for (const twice of ['h264,h264', 'h264,', ','])
    expect(() => readPackageFlags(['--codecs', twice, 'a'], {})).toThrow('--codecs takes');
});

test('a file whose name begins with a hyphen is not taken for options, not even for help', () => {
  expect(() => readPackageFlags(['-dash.mp4'], {})).toThrow(
    '-dash.mp4 looks like options: a file of that name is ./-dash.mp4.',
  );
  expect(readPackageFlags(['./-dash.mp4'], {})?.files).toEqual(['./-dash.mp4']);
  expect(readPackageFlags(['--', '-dash.mp4'], {})?.files).toEqual(['-dash.mp4']);
});

test('an id that would have to be changed is refused', () => {
  expect(() => readPackageFlags(['a', '--id', 'My Film'], {})).toThrow(
    '--id takes lower-case letters, digits and single hyphens, as in "my-film", not "My Film".',
  );
  expect(() => readPackageFlags(['a', '--id', '…'], {})).toThrow('single hyphens, not "…".');
});

test('what is asked of a file', () => {
  const { input } = readPackageFlags(['a', '--accept-damage', '--max-hours', '30'], {})?.config ?? {};
  expect(input).toMatchObject({ acceptDamage: true, longest: 108_000 });
  expect(() => readPackageFlags(['a', '--max-hours', 'long'], {})).toThrow(
    '--max-hours takes a number above 0, not "long".',
  );
});

test('how long former versions stay', () => {
  const formerOf = (text: string) => readPackageFlags(['a.mp4', '--keep-former', text], {})?.former;
  expect(formerOf('12h')).toEqual({ ...DEFAULT_FORMER_CONFIG, graceSeconds: 43_200 });
  expect(formerOf('0s')).toEqual({ ...DEFAULT_FORMER_CONFIG, graceSeconds: 0 });
  expect(() => formerOf('long')).toThrow('--keep-former takes a time, as 90m, 12h or 7d, not "long".');
});
