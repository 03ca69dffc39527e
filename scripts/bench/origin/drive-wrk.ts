/** Drives wrk: as many requests as a server can answer, over connections that stay open. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../../server/packager/tools.ts';
import type { Target } from './fixture.ts';

export interface LoadResult {
  readonly requests: number;
  /** Seconds. */
  readonly duration: number;
  /** Answers with another status than 200 or 206, and connections that broke. */
  readonly failures: number;
}

export interface WrkLoad {
  readonly url: string;
  readonly targets: readonly Target[];
  readonly connections: number;
  /** Whole seconds. */
  readonly duration: number;
  /** Folder for wrk's script. */
  readonly scratch: string;
}

/** @throws ToolError when wrk fails or is not there. */
export async function driveWrk(
  { url, targets, connections, duration, scratch }: WrkLoad,
  signal: AbortSignal,
): Promise<LoadResult> {
  const script = join(scratch, 'load.lua');
  await writeFile(script, luaScript(targets));
  const args = ['-t1', `-c${connections}`, `-d${duration}s`, '--timeout', '10s', '-s', script, url];
  const { stdout } = await runTool('wrk', args, { signal });
  return parseResult(stdout);
}

/** wrk asks for a request in Lua each time; they are made beforehand, so that the load costs little itself. */
function luaScript(targets: readonly Target[]): string {
  const requests = targets.map(({ path, range }) => {
    const headers = range === undefined ? '{}' : `{ Range = "${range}" }`;
    return `wrk.format("GET", "${path}", ${headers})`;
  });
  return `
local requests, at = {}, 0
function init() requests = { ${requests.join(',\n')} } end
function request() at = at % #requests + 1; return requests[at] end
function done(summary)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %d %d %d\\n", summary.requests, summary.duration, failures))
end
`;
}

function parseResult(stdout: string): LoadResult {
  const [, requests, microseconds, failures] = /^RESULT (\d+) (\d+) (\d+)$/m.exec(stdout) ?? [];
  if (failures === undefined) throw new Error(`wrk said nothing about its result:\n${stdout}`);
  return { requests: Number(requests), duration: Number(microseconds) / 1e6, failures: Number(failures) };
}
