/** An outside tool (ffmpeg, ffprobe) that failed: what was run, ready to be pasted, and what it said last. */

export interface ToolFailure {
  readonly command: string;
  readonly args: readonly string[];
  /** `undefined` when the tool did not start, or was ended by a signal. */
  readonly exitCode: number | undefined;
  /** What ended it, as `SIGSEGV` for a crash. */
  readonly endedBy?: string;
  readonly stderr: string;
}

export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly exitCode: number | undefined;
  /** The last lines that the tool wrote to its standard error. */
  readonly stderr: string;
  readonly commandLine: string;

  constructor(failure: ToolFailure, cause?: unknown) {
    const stderr = lastLines(failure.stderr);
    const tool = baseName(failure.command);
    super(`${tool} ${describeEnd(failure)}; it said: ${reasonIn(stderr)}`, { cause });
    this.exitCode = failure.exitCode;
    this.stderr = stderr;
    this.commandLine = quoteCommand(failure.command, failure.args);
  }
}

/** One line that a POSIX shell reads back as exactly these words. */
export function quoteCommand(command: string, args: readonly string[]): string {
  return [command, ...args].map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const KEPT_LINES = 60;

/** Lines that ffmpeg ends with whatever went wrong. */
const EMPTY_PHRASES = /^(Conversion failed!|Exiting normally.*|Error marking filters as finished|\s*)$/;

/** The last line that tells something. */
function reasonIn(stderr: string): string {
  return (
    stderr
      .split('\n')
      .findLast((line) => !EMPTY_PHRASES.test(line))
      ?.trim() || 'nothing'
  );
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
}

function describeEnd({ exitCode, endedBy }: ToolFailure): string {
  if (endedBy) return `crashed or was stopped (${endedBy})`;
  return exitCode === undefined ? 'could not be run' : `ended with exit code ${exitCode}`;
}

function baseName(command: string): string {
  return command.split(/[\\/]/).at(-1) ?? command;
}
