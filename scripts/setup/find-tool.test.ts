/** In which order the ways to a tool are gone, and what is said on the way. */
import { expect, test } from 'vitest';
import { findTool, type Tool, type Way } from './find-tool.mjs';

const TOOL: Tool = {
  variable: 'TOOL_PATH',
  wanted: 'good tool',
  advice: 'Install a good tool',
};

const there = (...paths: string[]): Way => ({ paths: () => paths });

/** A way that installs: `path` is there only afterwards. */
const fetched = (doing: string, path: string, fault?: string): Way => {
  let isDone = false;
  const run = async (): Promise<string | undefined> => {
    isDone = true;
    return fault;
  };
  return { paths: () => (isDone ? [path] : []), plan: async () => ({ doing, run }) };
};

const hindered = (hindrance: string): Way => ({ paths: () => [], plan: async () => ({ hindrance }) });

/** Paths with `bad` in them are refused. */
function search(ways: readonly Way[], options: { given?: string; mayInstall?: boolean } = {}) {
  const said: string[] = [];
  const path = findTool(TOOL, ways, {
    env: options.given === undefined ? {} : { TOOL_PATH: options.given },
    inspect: async (candidate) => (candidate.includes('bad') ? 'it is bad' : undefined),
    say: (line) => said.push(line),
    mayInstall: options.mayInstall ?? true,
  });
  return { path, said };
}

test('the one that the environment names comes before all others', async () => {
  expect(await search([there('/usr/bin/tool')], { given: '/opt/tool' }).path).toBe('/opt/tool');
});

test('one that the environment names and that does not work ends the search in one sentence', async () => {
  const { path } = search([there('/usr/bin/tool')], { given: '/opt/bad' });
  await expect(path).rejects.toThrow('TOOL_PATH is set to /opt/bad, but it is bad: correct it or unset it.');
});

test('an empty variable is an unset one', async () => {
  expect(await search([there('/usr/bin/tool')], { given: '' }).path).toBe('/usr/bin/tool');
});

test('what is there is taken without a word, and the first good one of several', async () => {
  const { path, said } = search([
    there('/bad/tool', '/usr/bin/tool', '/other/tool'),
    fetched('fetching', '/f'),
  ]);
  expect(await path).toBe('/usr/bin/tool');
  expect(said).toEqual([]);
});

test('each step says what it does and why; one that fails leads to the next', async () => {
  const ways = [
    there('/bad/tool'),
    hindered('apt needs root'),
    fetched('fetching a', '/a', 'no network'),
    fetched('fetching b', '/b'),
  ];
  const { path, said } = search(ways);
  expect(await path).toBe('/b');
  expect(said).toEqual([
    'fetching a, because there is no good tool yet (apt needs root)',
    'fetching b, because there is no good tool yet (fetching a failed: no network)',
  ]);
});

test('what was installed must pass as well', async () => {
  expect(await search([fetched('fetching a', '/bad/a'), fetched('fetching b', '/b')]).path).toBe('/b');
});

test('when no way leads there, one sentence says what to install and what was tried', async () => {
  const { path } = search([
    there('/bad/tool'),
    hindered('apt needs root'),
    fetched('fetching a', '/a', 'no network'),
  ]);
  await expect(path).rejects.toThrow(
    'Install a good tool, or set TOOL_PATH to one (/bad/tool: it is bad; apt needs root; fetching a failed: no network).',
  );
});

test('who may not install changes nothing and learns that it is missing', async () => {
  const { path, said } = search([there('/bad/tool'), fetched('fetching', '/f')], { mayInstall: false });
  expect(await path).toBeUndefined();
  expect(said).toEqual([]);
});
