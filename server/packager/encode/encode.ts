/** Runs one job through fluent-ffmpeg; the only file that knows fluent-ffmpeg, which is archived. */
import ffmpeg from 'fluent-ffmpeg';
import { ToolError } from '../tool-error.ts';
import { KILL_DELAY_MS } from '../tools.ts';
import { argumentsOf, type EncodeJob } from './encode-job.ts';

export interface EncodeOptions {
  /** Path or name of the ffmpeg program. */
  readonly ffmpeg: string;
  readonly signal: AbortSignal;
  /** Called about twice a second. */
  readonly onStatus?: (status: EncodeStatus) => void;
  /** Called with each line that is no status. */
  readonly onComplaint?: (line: string) => void;
}

export interface EncodeStatus {
  /** Of the film that are done; never less than before. */
  readonly seconds: number;
  /** Encoded on average since the job began; 0 for sound. */
  readonly framesPerSecond: number;
}

/**
 * Resolves with what ffmpeg wrote to its standard output, when all outputs are complete. Aborting sends ffmpeg SIGTERM,
 * and SIGKILL if it does not end within 5 s.
 * @throws ToolError when ffmpeg fails; the signal's reason when aborted.
 */
export async function encode(
  job: EncodeJob,
  { ffmpeg: program, signal, onStatus, onComplaint }: EncodeOptions,
): Promise<string> {
  signal.throwIfAborted();
  const command = commandFor(job).setFfmpegPath(program);
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    command.kill('SIGTERM');
    killTimer = setTimeout(() => command.kill('SIGKILL'), KILL_DELAY_MS);
  };
  const complaints = listenTo(command, onStatus, onComplaint);
  try {
    const end = await new Promise<{ said: string } | { failure: Error }>((resolve) => {
      command.on('start', () => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      command.on('end', (said: string | null) => resolve({ said: said ?? '' }));
      command.on('error', (failure: Error) => resolve({ failure }));
      command.run();
    });
    signal.throwIfAborted();
    const fault = 'failure' in end ? end.failure : complaints.find((line) => LOST_OUTPUT.test(line));
    if (fault) throw toolError(fault, complaints.join('\n'), program, job);
    return 'said' in end ? end.said : '';
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(killTimer);
  }
}

/** Some versions of ffmpeg report success although the end of a file could not be written. */
const LOST_OUTPUT = /Error writing trailer|No space left on device/;

/** fluent-ffmpeg's own memory of 100 lines is soon full of status lines. */
const KEPT_COMPLAINTS = 200;

/** Reports each status line; all other lines are collected in the list that is returned. */
function listenTo(
  command: ffmpeg.FfmpegCommand,
  onStatus: EncodeOptions['onStatus'],
  onComplaint: EncodeOptions['onComplaint'],
): readonly string[] {
  const complaints: string[] = [];
  let done = 0;
  command.on('stderr', (line: string) => {
    const seconds = secondsIn(line);
    if (seconds !== undefined) {
      done = Math.max(done, seconds);
      onStatus?.({ seconds: done, framesPerSecond: Number(/\bfps=\s*([\d.]+)/.exec(line)?.[1] ?? 0) });
    } else if (line.trim() !== '') {
      complaints.push(line);
      onComplaint?.(line);
      if (complaints.length > KEPT_COMPLAINTS) complaints.shift();
    }
  });
  return complaints;
}

/** Options go in as separate words: fluent-ffmpeg would split a word that has exactly one space. */
function commandFor({ input, filterGraph, outputs }: EncodeJob): ffmpeg.FfmpegCommand {
  const command = ffmpeg({ logger: undefined, stdoutLines: 0 })
    .input(input.file)
    .inputOptions(...input.options);
  if (filterGraph !== undefined) command.complexFilter(filterGraph);
  for (const output of outputs) command.output(output.file).outputOptions(...output.options);
  return command;
}

function toolError(fault: Error | string, stderr: string, program: string, job: EncodeJob): ToolError {
  const message = typeof fault === 'string' ? fault : fault.message;
  const exitCode = /exited with code (\d+)/.exec(message)?.[1];
  const endedBy = /killed with signal (\w+)/.exec(message)?.[1];
  return new ToolError(
    {
      command: program,
      args: argumentsOf(job),
      exitCode: exitCode === undefined ? undefined : Number(exitCode),
      ...(endedBy && { endedBy }),
      stderr: stderr === '' ? message : stderr,
    },
    fault,
  );
}

/**
 * The `time=00:01:10.54` of ffmpeg's status line; `undefined` in other lines and before the first frame (`N/A`). Read
 * here since fluent-ffmpeg's own `progress` event runs an unguarded ffprobe over the input.
 */
function secondsIn(line: string): number | undefined {
  const [, hours, minutes, seconds] = /\btime=(\d+):(\d+):([\d.]+)/.exec(line) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
