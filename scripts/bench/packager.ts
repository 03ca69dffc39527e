/** What packaging costs, against a plain encode of the top rung alone, in the same run on the same machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseLadder, type Rung } from '../../server/packager/ladder.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../../server/packager/packaging-config.ts';
import { probe } from '../../server/packager/probe.ts';
import { makeSampleFilm } from '../../server/packager/sample-film.ts';
import { type Tools, toolsFrom } from '../../server/packager/tools.ts';
import { type Cost, measureCommand } from './measure-command.ts';

export interface PackagerCost {
  readonly file: string;
  /** Seconds of film, as the container says. */
  readonly duration: number;
  readonly rungs: readonly string[];
  readonly packaging: Cost;
  readonly singleEncode: Cost;
  /** Processor time of packaging by that of the single encode. */
  readonly cpuRatio: number;
  readonly wallRatio: number;
  /** Pixels of all rungs by those of the top one: the ratio if everything but scaling and encoding were free. */
  readonly pixelRatio: number;
}

const PACKAGE_SCRIPT = fileURLToPath(new URL('../package.ts', import.meta.url));

/** `file` undefined: a generated film. The single encode comes second, when the file is in the system's cache. */
export async function measurePackager(file: string | undefined, signal: AbortSignal): Promise<PackagerCost> {
  const tools = toolsFrom(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  try {
    const film = file ?? join(folder, 'generated.mp4');
    if (!file) await makeSampleFilm(film, { signal, tools });
    const input = await probe(film, tools, signal);
    const [top, ...lower] = input.video ? chooseLadder(input.video) : [];
    if (!top) throw new Error(`${basename(film)} has no picture to compare with.`);
    const packageWords = [
      '--import',
      'tsx',
      PACKAGE_SCRIPT,
      '--json',
      '--library',
      join(folder, 'library'),
      film,
    ];
    const packaging = await measureCommand(process.execPath, packageWords, { signal });
    const singleEncode = await encodeTopAlone(film, top, {
      tools,
      target: join(folder, 'single.mp4'),
      signal,
    });
    return {
      file: basename(film),
      duration: input.duration ?? 0,
      rungs: [top, ...lower].map(({ width, height }) => `${width}×${height}`),
      packaging,
      singleEncode,
      cpuRatio: packaging.cpu / singleEncode.cpu,
      wallRatio: packaging.wall / singleEncode.wall,
      pixelRatio: [top, ...lower].reduce((sum, rung) => sum + pixels(rung), 0) / pixels(top),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What anyone would write who wants one file of this size: same encoder, preset, quality and sound. */
async function encodeTopAlone(
  film: string,
  top: Rung,
  { tools, target, signal }: { tools: Tools; target: string; signal: AbortSignal },
): Promise<Cost> {
  const { preset, crf } = DEFAULT_PACKAGING_CONFIG;
  const most = top.rate.kind === 'cbr' ? top.rate.rate : top.rate.maxRate;
  const args = [
    ...['-nostdin', '-v', 'error', '-y', '-i', film, '-map', '0:v:0', '-map', '0:a:0?'],
    ...['-vf', `scale=${top.width}:${top.height}`, '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', preset, '-crf', `${crf}`],
    ...['-maxrate', `${most}`, '-bufsize', `${2 * most}`],
    ...['-c:a', 'aac', '-b:a', '128k', '-ac', '2', target],
  ];
  return measureCommand(tools.ffmpeg, args, { signal });
}

export function formatPackagerCost(cost: PackagerCost): string {
  const line = (what: string, { wall, cpu }: Cost): string =>
    `  ${what.padEnd(26)}${wall.toFixed(1).padStart(7)} s wall${cpu.toFixed(1).padStart(8)} s CPU`;
  const [top = ''] = cost.rungs;
  return [
    `${cost.file}: ${cost.duration.toFixed(1)} s of film into ${cost.rungs.length} rungs (${cost.rungs.join(' ')})`,
    line('packaged, all of it', cost.packaging),
    line(`plain encode of ${top}`, cost.singleEncode),
    `  ratio${' '.repeat(21)}${cost.wallRatio.toFixed(2).padStart(7)}${cost.cpuRatio.toFixed(2).padStart(15)}` +
      `   (pixels ${cost.pixelRatio.toFixed(2)})`,
  ].join('\n');
}

function pixels({ width, height }: Rung): number {
  return width * height;
}
