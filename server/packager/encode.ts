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
  const complaints = listenTo(command, onTime);
  try {
    const failure = await new Promise<Error | undefined>((resolve) => {
      command.on('start', () => {
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      command.on('end', () => resolve(undefined));
      command.on('error', resolve);
      command.run();
    });
    signal.throwIfAborted();
    const fault = failure ?? complaints.find((line) => LOST_OUTPUT.test(line));
    if (fault) throw toolError(fault, complaints.join('\n'), program, plan);
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(killTimer);
  }
}

/** Some versions of ffmpeg report success although the end of a file could not be written. */
const LOST_OUTPUT = /Error writing trailer|No space left on device/;

/** fluent-ffmpeg's own memory of 100 lines is soon full of status lines. */
const KEPT_COMPLAINTS = 200;

/** Reports the time of each status line; all other lines are collected in the list that is returned. */
function listenTo(command: ffmpeg.FfmpegCommand, onTime: EncodeOptions['onTime']): readonly string[] {
  const complaints: string[] = [];
  let done = 0;
  command.on('stderr', (line: string) => {
    const seconds = secondsIn(line);
    if (seconds !== undefined) {
      done = Math.max(done, seconds);
      onTime?.(done);
    } else if (line.trim() !== '') {
      complaints.push(line);
      if (complaints.length > KEPT_COMPLAINTS) complaints.shift();
    }
  });
  return complaints;
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

function toolError(fault: Error | string, stderr: string, program: string, plan: EncodePlan): ToolError {
  const message = typeof fault === 'string' ? fault : fault.message;
  const exitCode = /exited with code (\d+)/.exec(message)?.[1];
  const endedBy = /killed with signal (\w+)/.exec(message)?.[1];
  return new ToolError(
    {
      command: program,
      args: argumentsOf(plan),
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
