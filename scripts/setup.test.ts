/** Set-up as one meets it on the command line, on a machine where nothing is missing. */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Ending {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function setUp(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ending> {
  const options = { cwd: ROOT, env: { ...process.env, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/setup.mjs', ...words], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

async function createScript(code: string): Promise<string> {
  const path = join('.cache', `script-${process.pid}-${Math.random().toString(36).slice(2)}.ts`);
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  await writeFile(join(ROOT, path), code);
  onTestFinished(() => rm(join(ROOT, path)));
  return path;
}

test.skipIf(!process.env['FFMPEG_PATH'])(
  'the script runs in this process and finds the tools named',
  async () => {
    const script = await createScript(`
    const { argv, env, ppid }: NodeJS.Process = process;
    console.log(JSON.stringify([argv.slice(1), Boolean(env['FFMPEG_PATH'] && env['FFPROBE_PATH']), ppid]));`);
    const { code, stdout, stderr } = await setUp(['--run', script, '--port', '9', '--', '--run']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      [join(ROOT, script), '--port', '9', '--', '--run'],
      true,
      process.pid,
    ]);
  },
);

test('the exit code and the errors of the script are its own', async () => {
  expect(
    await setUp(['--without-ffmpeg', '--run', await createScript('process.exitCode = 7;')]),
  ).toMatchObject({ code: 7 });
  const thrown = await setUp([
    '--without-ffmpeg',
    '--run',
    await createScript("throw new Error('of the script');"),
  ]);
  expect(thrown.code).toBe(1);
  expect(thrown.stderr).toContain('of the script');
});

test('a tool named in the environment that does not work is one sentence, and the script does not run', async () => {
  const script = await createScript("console.log('ran');");
  for (const variable of ['FFMPEG_PATH', 'FFPROBE_PATH']) {
    expect(await setUp(['--run', script], { [variable]: '/no/such/tool' })).toEqual({
      code: 1,
      stdout: '',
      stderr: `weir: ${variable} is set to /no/such/tool, but it does not run (it is not there): correct it or unset it.\n`,
    });
  }
  const other = await setUp(['--run', script], { FFPROBE_PATH: process.execPath });
  expect(other.stderr).toMatch(/^weir: FFPROBE_PATH is set to .*, but .*: correct it or unset it\.\n$/);
});

test('a script that is asked for its help needs no tool', async () => {
  const script = await createScript("console.log('help');");
  const ending = await setUp(['--run', script, '--help'], { FFMPEG_PATH: '/no/such/tool' });
  expect(ending).toEqual({ code: 0, stdout: 'help\n', stderr: '' });
});

test('an option that set-up does not know is refused', async () => {
  expect(await setUp(['--wiht-browser'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'weir: scripts/setup.mjs does not know the option --wiht-browser.\n',
  });
});
