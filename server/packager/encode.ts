/** Runs an encode plan through fluent-ffmpeg; the only file that knows fluent-ffmpeg, which is archived. */
import ffmpeg from 'fluent-ffmpeg';
import { argumentsOf, type EncodePlan, outputsOf } from './encode-plan.ts';
import { ToolError } from './tool-error.ts';
import { KILL_DELAY_MS } from './tools.ts';

export interface EncodeOptions {
  /** Path or name of the ffmpeg program. */
  readonly ffmpeg: string;
  readonly signal: AbortSignal;
  /** Called with the seconds of the film that are done, about twice a second; never less than before. */
  readonly onTime?: (seconds: number) => void;
}

/**
 * Resolves when all outputs are complete. Aborting sends ffmpeg SIGTERM, and SIGKILL if it does not end within 5 s.
 * @throws ToolError when ffmpeg fails; the signal's reason when aborted.
 */
export async function encode(
  plan: EncodePlan,
  { ffmpeg: program, signal, onTime }: EncodeOptions,
): Promise<void> {
  signal.throwIfAborted();
  const command = commandFor(plan).setFfmpegPath(program);
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    command.kill('SIGTERM');
    killTimer = setTimeout(() => command.kill('SIGKILL'), KILL_DELAY_MS);
  };
  let done = 0;
  command.on('stderr', (line: string) => {
    const seconds = secondsIn(line);
    if (seconds === undefined) return;
    done = Math.max(done, seconds);
    onTime?.(done);
  });
  try {
    const failure = await new Promise<{ error: Error; stderr: string } | undefined>((resolve) => {
      command.on('start', () => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      command.on('end', () => resolve(undefined));
      command.on('error', (error, _stdout, stderr) => resolve({ error, stderr: stderr ?? '' }));
      command.run();
    });
    signal.throwIfAborted();
    if (failure) throw toolError(failure.error, failure.stderr, program, plan);
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(killTimer);
  }
}

/** Options go in as separate words: fluent-ffmpeg would split a word that has exactly one space. */
function commandFor(plan: EncodePlan): ffmpeg.FfmpegCommand {
  const command = ffmpeg({ logger: undefined })
    .input(plan.input.file)
    .inputOptions(...plan.input.options);
  command.complexFilter(plan.filterGraph);
  for (const output of outputsOf(plan)) command.output(output.file).outputOptions(...output.options);
  return command;
}

function toolError(error: Error, stderr: string, program: string, plan: EncodePlan): ToolError {
  const exitCode = /exited with code (\d+)/.exec(error.message)?.[1];
  return new ToolError(
    {
      command: program,
      args: argumentsOf(plan),
      exitCode: exitCode === undefined ? undefined : Number(exitCode),
      stderr: stderr.trim() === '' ? error.message : stderr,
    },
    error,
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
