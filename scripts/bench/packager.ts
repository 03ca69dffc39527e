/** What packaging costs, against a plain encode of the top rung alone, in the same run on the same machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findAbilities } from '../../server/packager/encode/abilities.ts';
import { planInput } from '../../server/packager/encode/plan-input.ts';
import { probe } from '../../server/packager/input/probe.ts';
import { chooseLadder, highestRate, type Rung } from '../../server/packager/ladder/ladder.ts';
import { pixelsOf } from '../../server/packager/ladder/target-rate.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../../server/packager/packaging-config.ts';
import { makeSampleFilm } from '../../server/packager/sample-film.ts';
import { type Tools, toolsFrom } from '../../server/packager/tools.ts';
import { encodeLadder } from './encode-ladder.ts';
import { type Cost, measureCommand } from './measure-command.ts';

export interface PackagerCost {
  readonly file: string;
  /** Seconds of film, as the container says. */
  readonly duration: number;
  readonly rungs: readonly string[];
  /** From the file to the published title. */
  readonly packaging: Cost;
  /** The encoders' part of it: all rungs and all sound, one job after another. */
  readonly ladder: Cost;
  readonly singleEncode: Cost;
  /** Processor time by that of the single encode. */
  readonly cpuRatio: { readonly packaging: number; readonly ladder: number };
  readonly wallRatio: number;
  /** Pixels of all rungs by those of the top one: the ratio if everything but scaling and encoding were free. */
  readonly pixelRatio: number;
}

const PACKAGE_SCRIPT = fileURLToPath(new URL('../package.ts', import.meta.url));

/** `file` undefined: a generated film. The probe comes first, so that nobody pays for the disk. */
export async function measurePackager(file: string | undefined, signal: AbortSignal): Promise<PackagerCost> {
  const tools = toolsFrom(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  try {
    const film = file ?? join(folder, 'generated.mp4');
    if (!file) await makeSampleFilm(film, { signal, tools });
    const input = await probe(film, tools, signal);
    const request = { input, tools, config: DEFAULT_PACKAGING_CONFIG };
    const rungs = input.video ? chooseLadder(input.video) : [];
    const { plan } = planInput(request, rungs, await findAbilities(request, { signal }));
    const [top] = plan.rungs;
    if (!top) throw new Error(`${basename(film)} has no picture to compare with.`);
    // The usual ladder in both cases; what a ladder of its own costs a film is told by `bench -- ladder`.
    const flags = ['--json', '--per-title', 'never', '--library', join(folder, 'library')];
    const words = ['--import', 'tsx', PACKAGE_SCRIPT, ...flags, film];
    const singleEncode = await encodeTopAlone(film, top, {
      tools,
      target: join(folder, 'single.mp4'),
      signal,
    });
    const ladder = await encodeLadder(plan, { tools, directory: folder, signal });
    const packaging = await measureCommand(process.execPath, words, { signal });
    return {
      file: basename(film),
      duration: input.duration ?? 0,
      rungs: plan.rungs.map(({ width, height }) => `${width}×${height}`),
      packaging,
      ladder,
      singleEncode,
      cpuRatio: {
        packaging: packaging.cpu / singleEncode.cpu,
        ladder: ladder.cpu / singleEncode.cpu,
      },
      wallRatio: packaging.wall / singleEncode.wall,
      pixelRatio: plan.rungs.reduce((sum, rung) => sum + pixelsOf(rung), 0) / pixelsOf(top),
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
  const most = highestRate(top.rate);
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
  const single = cost.singleEncode.cpu;
  const line = (what: string, { wall, cpu }: Cost): string =>
    `  ${what.padEnd(26)}${wall.toFixed(1).padStart(7)} s wall${cpu.toFixed(1).padStart(8)} s CPU${(cpu / single).toFixed(2).padStart(8)}`;
  const [top = ''] = cost.rungs;
  return [
    `${cost.file}: ${cost.duration.toFixed(1)} s of film into ${cost.rungs.length} rungs (${cost.rungs.join(' ')})`,
    line(`plain encode of ${top}`, cost.singleEncode),
    line('the ladder alone', cost.ladder),
    line('packaged, all of it', cost.packaging),
    `  pixels of all rungs by those of the top one: ${cost.pixelRatio.toFixed(2)}`,
  ].join('\n');
}
