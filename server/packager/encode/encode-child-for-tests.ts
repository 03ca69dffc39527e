/** One job in a process of its own, so that a test can kill whoever waits for it. Says something when the job is running. */
import { encode } from './encode.ts';
import type { EncodeJob } from './encode-job.ts';

const [, , ffmpeg = '', job = ''] = process.argv;
await encode(JSON.parse(job) as EncodeJob, {
  ffmpeg,
  signal: new AbortController().signal,
  onStatus: ({ seconds }) => process.stdout.write(`${seconds}\n`),
});
