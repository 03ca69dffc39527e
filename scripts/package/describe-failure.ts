/** Says to a person, and to a program, why a file was not packaged. */
import { PackagingError, type PackagingErrorCode } from '../../server/packager/packaging-error.ts';
import { ToolError } from '../../server/packager/tool-error.ts';

export interface Failure {
  /** `tool-failed`: ffmpeg or ffprobe ended badly. `unexpected`: a fault of the packager or the system. */
  readonly code: PackagingErrorCode | 'tool-failed' | 'unexpected' | 'interrupted';
  /** One sentence. */
  readonly message: string;
  /** For whoever wants to look deeper: the command that failed, what it said, or where the fault arose. */
  readonly details?: string;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof PackagingError)
    return { code: error.code, message: error.message, ...detailsOf(error.cause) };
  if (error instanceof ToolError) return { code: 'tool-failed', message: error.message, ...detailsOf(error) };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', message, ...detailsOf(error) };
}

function detailsOf(error: unknown): { details?: string } {
  if (error instanceof ToolError) return { details: `${error.commandLine}\n${error.stderr}` };
  return error instanceof Error && error.stack ? { details: error.stack } : {};
}
