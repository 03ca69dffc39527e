/** Running a tool: both outputs, a clear failure, and an end when it is not wanted any more. */
import { expect, test } from 'vitest';
import { ToolError } from './tool-error.ts';
import { runTool, toolsFrom } from './tools.ts';

const signal = new AbortController().signal;
const node = process.execPath;

test('both outputs come back as text', async () => {
  const script = 'process.stdout.write("ü".repeat(3)); process.stderr.write("aside")';
  expect(await runTool(node, ['-e', script], { signal })).toEqual({ stdout: 'üüü', stderr: 'aside' });
});

test('a failure carries its exit code and what was said', async () => {
  const failed = runTool(node, ['-e', 'console.error("no good"); process.exit(3)'], { signal });
  await expect(failed).rejects.toMatchObject({ exitCode: 3, stderr: 'no good' });
  await expect(failed).rejects.toBeInstanceOf(ToolError);
});

test('a tool that is not there is named, with what to do about it', async () => {
  const failed = runTool('/nowhere/ffmpeg', [], { signal });
  await expect(failed).rejects.toThrow('the program was not found; install ffmpeg, or set FFMPEG_PATH');
});

test('a crash is called one', async () => {
  const failed = runTool(node, ['-e', 'process.kill(process.pid, "SIGKILL")'], { signal });
  await expect(failed).rejects.toThrow('node crashed or was stopped (SIGKILL); it said: nothing');
});

test('aborting ends a running tool with the reason of the signal', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const script = 'process.stdout.write("up"); setInterval(() => {}, 1000)';
  const running = runTool(node, ['-e', script], { signal: stop.signal });
  stop.abort(reason);
  await expect(running).rejects.toBe(reason);
  await expect(runTool(node, ['-e', ''], { signal: stop.signal })).rejects.toBe(reason);
});

test('the environment says where the tools are; an empty word says nothing', () => {
  expect(toolsFrom({ FFMPEG_PATH: '/a/ffmpeg', FFPROBE_PATH: '' })).toEqual({
    ffmpeg: '/a/ffmpeg',
    ffprobe: 'ffprobe',
  });
});

test('a tool is fed as much as it wants, and its source is closed either way', async () => {
  let given = 0;
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) {
        given++;
        yield Buffer.alloc(100_000, 'a');
      }
    } finally {
      isClosed = true;
    }
  }
  const readSome = 'process.stdin.once("data", ({ length }) => { console.log(length > 0); process.exit(0) })';
  const { stdout } = await runTool(node, ['-e', readSome], { signal, stdin: endless() });
  expect([stdout.trim(), isClosed]).toEqual(['true', true]);
  expect(given).toBeLessThan(100);

  async function* words() {
    yield Buffer.from('all ');
    yield Buffer.from('of it');
  }
  const copy = await runTool(node, ['-e', 'process.stdin.pipe(process.stdout)'], { signal, stdin: words() });
  expect(copy.stdout).toBe('all of it');
});

test('a source that fails ends the tool with its own error', async () => {
  const fault = new Error('no such segment');
  async function* failing() {
    yield Buffer.from('beginning');
    throw fault;
  }
  const script = 'process.stdin.resume(); setInterval(() => {}, 1000)';
  await expect(runTool(node, ['-e', script], { signal, stdin: failing() })).rejects.toBe(fault);
});
