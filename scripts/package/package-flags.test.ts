/** The flags of `npm run package`: what they mean, and every fault at once. */
import { expect, test } from 'vitest';
import { PACKAGE_HELP, readPackageFlags, UsageError } from './package-flags.ts';

const defaults = { library: 'media/library', json: false, verbose: false };

test('files in order, and the defaults', () => {
  expect(readPackageFlags(['a.mp4', 'b.mkv'], {})).toEqual({ ...defaults, files: ['a.mp4', 'b.mkv'] });
  expect(readPackageFlags(['--', '--odd.mp4'], {})?.files).toEqual(['--odd.mp4']);
});

test('flags are read wherever they stand, and win over the environment', () => {
  const words = ['--library', 'x', 'a.mp4', '--json', '--verbose', '--id=a', '--title', 'A film'];
  expect(readPackageFlags(words, { WEIR_LIBRARY: 'y' })).toEqual({
    files: ['a.mp4'],
    library: 'x',
    json: true,
    verbose: true,
    id: 'a',
    title: 'A film',
  });
  expect(readPackageFlags(['a.mp4'], { WEIR_LIBRARY: 'y' })?.library).toBe('y');
});

test('help wins over everything, names the options and the exit codes', () => {
  expect(readPackageFlags(['--nonsense', '-h'], {})).toBeUndefined();
  for (const word of ['--library', '--id', '--title', '--json', '--verbose', '--help', '130', '143'])
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

test('one name cannot be given to two films', () => {
  expect(() => readPackageFlags(['a', 'b', '--title', 'T'], {})).toThrow(
    '--title names one film, but there are 2 files.',
  );
});
