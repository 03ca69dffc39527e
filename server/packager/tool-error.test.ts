/** A failed tool: its command can be pasted, and its message says what went wrong. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteCommand, ToolError } from './tool-error.ts';

test('a shell reads back exactly the words that were quoted', () => {
  const awkward = fc.constantFrom("'", '"', '$', '`', '\\', ' ', '\n', '*', '~', '-', '=', 'a', 'é', '%');
  const word = fc.string({ unit: awkward, maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (words) => {
      const line = quoteCommand('printf', ['%s\\0', ...words, 'end']);
      const heard = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
      expect(heard).toEqual([...words, 'end']);
    }),
    { numRuns: 40 },
  );
});

test('the message is the last line that tells something', () => {
  const stderr = 'Stream mapping\nCannot open file\nError marking filters as finished\nConversion failed!\n';
  const error = new ToolError({ command: '/opt/ffmpeg', args: ['-i', "it's"], exitCode: 1, stderr });
  expect(error.message).toBe('ffmpeg ended with exit code 1; it said: Cannot open file');
  expect(error.commandLine).toBe(`/opt/ffmpeg -i 'it'\\''s'`);
});

test('only the last lines are kept', () => {
  const stderr = Array.from({ length: 500 }, (_, i) => `line ${i}`).join('\n');
  const error = new ToolError({ command: 'ffmpeg', args: [], exitCode: undefined, stderr });
  expect(error.stderr.split('\n').length).toBeLessThan(100);
  expect(error.message).toBe('ffmpeg could not be run; it said: line 499');
});
