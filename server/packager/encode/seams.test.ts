/** Seams: chunks together have exactly the frames of a single pass, and a chunk from the wrong place is noticed. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { runTool } from '../tools.ts';
import { copyJob, readingCopy } from './copy-input.ts';
import { argumentsOf } from './encode-job.ts';
import { type EncodePlan, videoJob } from './encode-plan.ts';
import { encodeFilm, planFilm } from './encoded-for-tests.ts';

/** Frames that tell which they are, 12 s of them. */
const NUMBERED = { size: '160x90', seconds: 12 };

/** With chunks of 3 s, of the largest rung alone. */
async function planOf(file: string): Promise<EncodePlan> {
  const plan = await planFilm(file, 3);
  return { ...plan, rungs: plan.rungs.slice(0, 1), renditions: [] };
}

/** Digests of the frames that the chunks of the plan give to the encoder of the first rung, one chunk after another. */
async function framesOf(plan: EncodePlan): Promise<string[][]> {
  const { video } = plan.input;
  if (!video) throw new Error('There is no picture.');
  return Promise.all(
    plan.chunks.map(async (chunk) => {
      const { input, filterGraph = '' } = videoJob(plan, video, chunk, { directory: '' });
      const words = [...input.options, '-i', input.file, '-filter_complex', filterGraph];
      const outputs = ['-map', '[pulse]', '-f', 'null', '-', '-map', '[v0]', '-f', 'framemd5', '-'];
      const { stdout } = await runTool(TOOLS.ffmpeg, [...words, ...outputs], { signal: NEVER });
      return stdout.split('\n').flatMap((line) => /^\d.*, (\w+)$/.exec(line)?.[1] ?? []);
    }),
  );
}

async function expectOnePiece(plan: EncodePlan): Promise<void> {
  const whole = await framesOf({ ...plan, chunks: [{ number: 0, startFrame: 0 }] });
  const parts = await framesOf(plan);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const [i, part] of parts.slice(0, -1).entries())
    expect(part).toHaveLength(plan.chunks[i]?.frames ?? 0);
  expect(new Set(whole.flat()).size).toBeGreaterThan(100);
  expect(parts.flat()).toEqual(whole.flat());
}

const OPEN_GOP = ['-preset', 'medium', '-bf', '3', '-g', '50', '-x264-params', 'open-gop=1:b-pyramid=normal'];

const INTERLACED = ['-flags', '+ilme+ildct', '-x264opts', 'tff=1', '-g', '50'];

test.each([
  ['open groups of pictures', 'film.mp4', { options: OPEN_GOP }],
  ['29.97 frames a second', 'film.mp4', { rate: '30000/1001', options: OPEN_GOP }],
  ['one key picture for all', 'film.mp4', { options: ['-g', '1000', '-keyint_min', '1000'] }],
  ['fragments without an index', 'film.mp4', { options: ['-movflags', '+frag_keyframe+empty_moov'] }],
  ['interlaced', 'film.mp4', { size: '160x96', options: INTERLACED }],
  ['pictures that come when they like', 'film.mkv', { options: uneven('between(t,3.4,6.7)') }],
  ['a picture that stands over two seams', 'film.mkv', { options: uneven('between(t,2.5,6.7)') }],
  ['no index and no length', 'film.mkv', { options: ['-live', '1', '-g', '50'] }],
])('%s: chunks have the frames of a single pass', async (_, name, sketch) => {
  const folder = await makeFolder();
  const plan = await planOf(await makeFilm(folder, { name, ...NUMBERED, ...sketch }));
  await expectOnePiece(plan.chunks.length > 1 ? plan : { ...plan, chunks: inThrees(plan) });
});

/** Drops pictures where `gap` holds, and some of the others, and moves the rest off every grid. */
function uneven(gap: string): string[] {
  const filters = `select='not(${gap})*gt(mod(n,7),1)',setpts='PTS+0.009*sin(N)/TB'`;
  return ['-vf', filters, '-fps_mode', 'vfr', '-enc_time_base', '1/1000', '-g', '40'];
}

/** As if the length had been known. */
function inThrees({ groupFrames }: EncodePlan): EncodePlan['chunks'] {
  const frames = 3 * groupFrames;
  const startFrames = [0, 1, 2].map((number) => number * frames);
  return startFrames.map((startFrame, number) => ({ number, startFrame, ...(number < 2 ? { frames } : {}) }));
}

test.each([
  ['a transport stream that begins at 10 s', 'film.ts', ['-output_ts_offset', '10']],
  ['Flash', 'film.flv', []],
  ['AVI', 'film.avi', ['-c:v', 'mpeg4', '-g', '30']],
])(
  '%s is copied, and the chunks of the copy have the frames of a single pass over the input',
  async (_, name, more) => {
    const folder = await makeFolder();
    const options = ['-g', '50', ...more];
    const plan = await planOf(await makeFilm(folder, { name, ...NUMBERED, sound: 12, options }));
    await runTool(TOOLS.ffmpeg, argumentsOf(copyJob(plan, folder)), { signal: NEVER });
    const copied = readingCopy(plan, folder);
    const parts = await framesOf(copied);
    const whole = await framesOf({ ...plan, chunks: [{ number: 0, startFrame: 0 }] });
    expect(parts.length).toBeGreaterThanOrEqual(3);
    expect(parts.flat()).toEqual(whole.flat());
  },
);

test('a transport stream whose clock begins again in the middle goes on in its copy', async () => {
  const folder = await makeFolder();
  const half = await makeFilm(folder, { name: 'half.ts', ...NUMBERED, seconds: 6, options: ['-g', '50'] });
  const file = join(folder, 'film.ts');
  const bytes = await readFile(half);
  await writeFile(file, Buffer.concat([bytes, bytes]));
  const plan = await planOf(file);
  await runTool(TOOLS.ffmpeg, argumentsOf(copyJob(plan, folder)), { signal: NEVER });
  const parts = await framesOf({ ...readingCopy(plan, folder), chunks: inThrees(plan) });
  const whole = await framesOf({ ...plan, chunks: [{ number: 0, startFrame: 0 }] });
  expect(parts.flat()).toEqual(whole.flat());
  expect(whole.flat().length).toBeGreaterThan(290);
});

/** An ffmpeg that goes 4 s too far whenever it seeks. */
async function makeLostFfmpeg(folder: string): Promise<string> {
  const path = join(folder, 'lost-ffmpeg');
  const script = `#!${process.execPath}
const words = process.argv.slice(2).map((word, i, all) => all[i - 1] === '-ss' ? String(Number(word) + 4) : word);
const { status } = require('node:child_process').spawnSync('${TOOLS.ffmpeg}', words, { stdio: 'inherit' });
process.exit(status);
`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return path;
}

test('a chunk from the wrong place is noticed at its seam, and made again from the start of the film', async () => {
  const folder = await makeFolder();
  const plan = await planOf(await makeFilm(folder, { ...NUMBERED, options: ['-g', '25'] }));
  const bytesWith = async (ffmpeg: string, key: string): Promise<[readonly string[], number[]]> => {
    const { encoded, jobs } = await encodeFilm(plan, folder, { ffmpeg, key });
    return [[...jobs].sort(), encoded.video[0]?.raw?.fragments.map(({ bytes }) => bytes) ?? []];
  };
  const [jobs, bytes] = await bytesWith(TOOLS.ffmpeg, 'a');
  const [lostJobs, lostBytes] = await bytesWith(await makeLostFfmpeg(folder), 'b');
  expect(jobs).toEqual(['0', '1', '2', '3']);
  expect(lostJobs).toEqual(['0', '1', '1-start', '2', '2-start', '3', '3-start']);
  expect(lostBytes).toEqual(bytes);
});
