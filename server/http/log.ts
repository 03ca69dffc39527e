/** Where a role tells what it met. A pino logger is one; so is anything with these three functions. */

type LogLine = (fields: object, message: string) => void;

export interface Log {
  /** The ordinary: one line per request. */
  readonly info: LogLine;
  /** Something outside is wrong (a damaged title, a client that broke off in an odd way); this server goes on. */
  readonly warn: LogLine;
  /** A fault of this server itself; somebody should look. */
  readonly error: LogLine;
  /** Whether anybody reads `info`: what nobody reads need not be put together. Without it somebody does. */
  readonly isLevelEnabled?: (level: 'info') => boolean;
}

const ignore: LogLine = () => undefined;

export const silentLog: Log = { info: ignore, warn: ignore, error: ignore, isLevelEnabled: () => false };
