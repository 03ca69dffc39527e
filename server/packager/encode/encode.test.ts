/** Running the encoder, with a stand-in for ffmpeg: what it is told, how its failures are told, and how it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { namingFullDisk, PackagingError } from '../packaging-error.ts';
import { ToolError } from '../tool-error.ts';
import { encode } from './encode.ts';
import { argumentsOf, type EncodeJob } from './encode-job.ts';
import { pulseOutput } from './pulse.ts';

/** A shell script that answers fluent-ffmpeg's questions as the real ffmpeg does, and encodes by running `script`. */
async function standIn(folder: string, script: string): Promise<string> {
  const path = join(folder, 'ffmpeg');
  await writeFile(
    path,
    `#!/bin/sh\ncase "$*" in *-filter_complex*) ${script};; *) exec ${TOOLS.ffmpeg} "$@";; esac\n`,
  );
  await chmod(path, 0o755);
  return path;
}

function jobIn(folder: string): EncodeJob {
  const output = (id: string) => ({
    file: join(folder, `the ${id}.raw`),
    options: ['-map', `[${id}]`, '-metadata', 'title=a b', '-f', 'mp4'],
  });
  return {
    id: 'job',
    seconds: 1,
    input: { file: join(folder, "it's one film.mp4"), options: ['-nostdin', '-v', 'warning'] },
    filterGraph: "[0:v]scale=w='min(1280,iw)':h=-2[v];[0:a]anull[a]",
    outputs: [output('v'), output('a')],
  };
}

test('ffmpeg is told exactly the words that a person can paste', async () => {
  const folder = await makeFolder();
  const heard = join(folder, 'heard');
  const ffmpeg = await standIn(folder, `printf '%s\\0' "$@" > '${heard}'`);
  const job = jobIn(folder);
  await encode(job, { ffmpeg, signal: NEVER });
  expect((await readFile(heard, 'utf8')).split('\0').slice(0, -1)).toEqual(argumentsOf(job));
});

test('time is reported as it passes, and never runs backwards', async () => {
  const folder = await makeFolder();
  const lines = ['time=N/A', 'time=00:00:01.50 bitrate', 'time=00:00:01.20', 'time=01:00:02.00'];
  const ffmpeg = await standIn(
    folder,
    `printf 'frame=1 %s\\r' ${lines.map((line) => `'${line}'`).join(' ')} >&2`,
  );
  const times: number[] = [];
  await encode(jobIn(folder), { ffmpeg, signal: NEVER, onStatus: ({ seconds }) => times.push(seconds) });
  expect(times).toEqual([1.5, 1.5, 3602]);
});

test('a failure is told by what ffmpeg complained about, however many status lines came after', async () => {
  const folder = await makeFolder();
  const status = 'i=0; while [ $i -lt 300 ]; do printf "frame=1 time=00:00:01.00\\r" >&2; i=$((i+1)); done';
  const ffmpeg = await standIn(
    folder,
    `echo "Unknown filter nosuch" >&2; ${status}; echo "Conversion failed!" >&2; exit 1`,
  );
  const failed = encode(jobIn(folder), { ffmpeg, signal: NEVER });
  await expect(failed).rejects.toBeInstanceOf(ToolError);
  await expect(failed).rejects.toThrow('ffmpeg ended with exit code 1; it said: Unknown filter nosuch');
});

test.each([1, 0])('a full disk is called a full disk, also when ffmpeg ends with %i', async (exitCode) => {
  const folder = await makeFolder();
  const script = `echo "Error writing trailer of x: No space left on device" >&2; exit ${exitCode}`;
  const failed = await encode(jobIn(folder), { ffmpeg: await standIn(folder, script), signal: NEVER }).catch(
    (error: unknown) => namingFullDisk(error, '/films'),
  );
  expect(failed).toBeInstanceOf(PackagingError);
  expect(failed).toMatchObject({ code: 'disk-full', message: 'The disk that holds /films is full.' });
});

test('our own writes know a full disk too, and other errors stay what they are', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(namingFullDisk(full, '/films')).toMatchObject({ code: 'disk-full' });
  const other = new Error('something else');
  expect(namingFullDisk(other, '/films')).toBe(other);
});

test('aborting ends ffmpeg, and the reason of the signal is what comes out', async () => {
  const folder = await makeFolder();
  const ended = join(folder, 'ended');
  const script = `trap 'echo TERM > "${ended}"; exit 255' TERM; echo "frame=1 time=00:00:01.00" >&2; while :; do sleep 0.01; done`;
  const stop = new AbortController();
  const reason = new Error('enough');
  const running = encode(jobIn(folder), {
    ffmpeg: await standIn(folder, script),
    signal: stop.signal,
    onStatus: () => stop.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
  expect(await readFile(ended, 'utf8')).toBe('TERM\n');
});

test('ffmpeg ends when whoever reads its pulse is dead, however much it has to do', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '64x36', seconds: 1 });
  const pids = join(folder, 'pids');
  const ffmpeg = await standIn(folder, `echo $$ > '${pids}'; exec ${TOOLS.ffmpeg} "$@"`);
  const endless: EncodeJob = {
    id: 'endless',
    seconds: undefined,
    input: { file: film, options: ['-nostdin', '-stats', '-stream_loop', '-1'] },
    filterGraph: '[0:v]split=2[v][pulse]',
    outputs: [
      { file: join(folder, 'v.mp4'), options: ['-map', '[v]', '-f', 'mp4', '-movflags', '+frag_keyframe'] },
      pulseOutput('[pulse]'),
    ],
  };
  const reader = spawn(process.execPath, ['--import', 'tsx', ENCODE_CHILD, ffmpeg, JSON.stringify(endless)]);
  await once(reader.stdout, 'data');
  const pid = Number(await readFile(pids, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  reader.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

const ENCODE_CHILD = fileURLToPath(new URL('encode-child-for-tests.ts', import.meta.url));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
