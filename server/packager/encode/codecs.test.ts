/** One film in every codec: what a player and a decoder find in the files, and what is said where an encoder is missing. */
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrack } from '../../../player/core/mp4/initialization.ts';
import { decodeFile, makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import type { VideoCodec } from '../ladder/ladder.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { type ReadPresentation, type ReadRepresentation, readPublished } from '../title-for-tests.ts';
import { runTool } from '../tools.ts';

const SECONDS = 15;
const CODECS: readonly VideoCodec[] = ['h264', 'hevc', 'vp9', 'av1'];

/** Fifteen seconds in chunks of two segments of 4 s, so that what encoders begin anew with must fit together. */
const CONFIG = { ...DEFAULT_PACKAGING_CONFIG, codecs: CODECS, preset: 'ultrafast', chunkSeconds: 8 } as const;

interface Packaged extends ReadPresentation {
  readonly folder: string;
}

async function packageInAllCodecs(folder: string): Promise<Packaged> {
  const film = await makeFilm(folder, {
    size: '160x90',
    seconds: SECONDS,
    sound: SECONDS,
    options: ['-ac', '2'],
  });
  const library = join(folder, 'library');
  const { id } = await packageFile(film, { library, config: CONFIG, signal: NEVER });
  return { ...(await readPublished(library, id)), folder };
}

describe('one film in four codecs', () => {
  let made: Packaged;
  let inCodec: (codec: string) => ReadRepresentation[];
  let onceDone: (() => Promise<void>) | undefined;
  afterAll(() => onceDone?.());
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weir-codecs-'));
    onceDone = () => rm(folder, { recursive: true, force: true });
    made = await packageInAllCodecs(folder);
    inCodec = (codec) => made.video.filter(({ representation }) => representation.codecs.startsWith(codec));
  }, 120_000);

  test('each has a set of its own, in the order asked for, and says what its boxes say', () => {
    const sets = made.presentation.periods[0]?.adaptationSets ?? [];
    const media = sets.filter(({ contentType }) => contentType === 'video' || contentType === 'audio');
    const codecs = media.map(({ representations }) => representations[0]?.codecs);
    expect(codecs).toEqual([
      expect.stringMatching(/^avc1\.[\da-f]{6}$/),
      expect.stringMatching(/^hvc1\.1\.6\.L\d+\.90$/),
      expect.stringMatching(/^vp09\.00\.\d\d\.08/),
      expect.stringMatching(/^av01\.0\.\d\dM\.08$/),
      'mp4a.40.2',
      'opus',
    ]);
    for (const { representation, bytes } of [...made.video, ...made.audio])
      expect(readTrack(bytes).codecs).toBe(representation.codecs);
  });

  test('segments of all of them begin at the same instants, and end with the film', () => {
    for (const { segments } of made.video) {
      expect(segments.map(({ start }) => start)).toEqual([0, 4, 8, 12]);
      expect((segments.at(-1)?.start ?? 0) + (segments.at(-1)?.duration ?? 0)).toBe(SECONDS);
    }
  });

  test('representations of one sound have the same segments, to the sample', () => {
    for (const codec of ['mp4a', 'opus']) {
      const rungs = made.audio.filter(({ representation }) => representation.codecs.startsWith(codec));
      expect(rungs).toHaveLength(2);
      const bounds = rungs.map(({ segments }) => segments.map(({ start, duration }) => [start, duration]));
      expect(bounds[1]).toEqual(bounds[0]);
    }
  });

  test('whoever begins with any segment sees every frame of it, without a single error', async () => {
    for (const { representation, bytes, segments } of made.video) {
      for (const [i, segment] of segments.entries()) {
        const file = join(made.folder, `${representation.id}-${i}.mp4`);
        await writeFile(file, alone(bytes, segment.range));
        expect(await decodeFile(file, 'v'), file).toBe(Math.round(segment.duration * 25));
      }
    }
    for (const { representation, bytes, segments } of made.audio) {
      const file = join(made.folder, `${representation.id}.mp4`);
      await writeFile(file, alone(bytes, segments[1]?.range));
      expect(await decodeFile(file, 'a')).toBeGreaterThan(180);
    }
  });

  test('pictures are what every device shows: 4:2:0, 8 bit, BT.709, square, in a constant rate', async () => {
    for (const codec of ['avc1', 'hvc1', 'vp09', 'av01']) {
      const [top] = inCodec(codec);
      const file = join(made.folder, `${codec}.mp4`);
      await writeFile(file, top?.bytes ?? new Uint8Array());
      expect(await factsOf(file), codec).toEqual({
        codec_tag_string: codec,
        width: 160,
        height: 90,
        pix_fmt: 'yuv420p',
        color_range: 'tv',
        color_space: 'bt709',
        color_transfer: 'bt709',
        color_primaries: 'bt709',
        sample_aspect_ratio: '1:1',
        r_frame_rate: '25/1',
        time_base: '1/90000',
      });
    }
  });

  test('brands name the media profile, and no box is left that does not belong there', () => {
    const brandsOf = ({ bytes }: ReadRepresentation): string => textOf(bytes.subarray(16, 40));
    expect(inCodec('avc1').map(brandsOf)[0]).toMatch(/^iso6cmfccfsddash/);
    expect(inCodec('hvc1').map(brandsOf)[0]).toMatch(/^iso6cmfcchhddash/);
    expect(inCodec('vp09').map(brandsOf)[0]).toMatch(/^iso6cmfcdash/);
    expect(inCodec('av01').map(brandsOf)[0]).toMatch(/^iso6cmfcav01dash/);
    for (const { representation, bytes } of [...made.video, ...made.audio]) {
      const head = textOf(bytes.subarray(0, representation.initialization?.range?.last));
      for (const box of ['btrt', 'fiel', 'sdtp', 'edts', 'udta']) expect(head).not.toContain(box);
    }
  });
});

/** What a client appends that begins there. */
function alone(bytes: Uint8Array, range: { first: number; last: number } | undefined): Uint8Array {
  if (!range) throw new Error('There is no such segment.');
  const head = bytes.subarray(0, textOf(bytes).indexOf('sidx') - 4);
  return Buffer.concat([head, bytes.subarray(range.first, range.last + 1)]);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

async function factsOf(file: string): Promise<Record<string, unknown>> {
  const entries =
    'codec_tag_string,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries';
  const { stdout } = await runTool(
    TOOLS.ffprobe,
    [
      '-v',
      'error',
      '-show_entries',
      `stream=${entries},sample_aspect_ratio,r_frame_rate,time_base`,
      '-of',
      'json',
      file,
    ],
    { signal: NEVER },
  );
  return JSON.parse(stdout).streams[0];
}

/** An ffmpeg that denies some of its encoders. */
async function poorFfmpeg(folder: string, lacks: string): Promise<string> {
  const path = join(folder, 'ffmpeg');
  const filter = `*-encoders*) ${TOOLS.ffmpeg} "$@" | grep -vE '${lacks}';;`;
  await writeFile(path, `#!/bin/sh\ncase "$*" in ${filter} *) exec ${TOOLS.ffmpeg} "$@";; esac\n`);
  await chmod(path, 0o755);
  return path;
}

test('a codec without an encoder is one sentence, and nothing is begun or left', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 0.4 });
  const library = join(folder, 'library');
  const tools = { ...TOOLS, ffmpeg: await poorFfmpeg(folder, 'libsvtav1|libaom-av1') };
  const commands: string[] = [];
  const config = { ...CONFIG, codecs: ['h264', 'av1'] } as const;
  const options = { library, tools, config, signal: NEVER, onCommand: (line: string) => commands.push(line) };
  await expect(packageFile(film, options)).rejects.toMatchObject({
    code: 'encoder-missing',
    message:
      'This ffmpeg has no encoder for AV1 (libsvtav1, libaom-av1): leave it out of --codecs or set FFMPEG_PATH.',
  });
  expect(commands).toEqual([]);
  expect(await readdir(library)).toEqual([]);
});

test('AV1 is made with libaom where SVT-AV1 is not, or refuses a small picture, and that is said', async () => {
  const folder = await makeFolder();
  const config = { ...CONFIG, codecs: ['av1'] } as const;
  const lacking = { ...TOOLS, ffmpeg: await poorFfmpeg(folder, 'libsvtav1') };
  for (const [name, size, tools] of [
    ['lacking', '160x90', lacking],
    ['small', '32x20', TOOLS],
  ] as const) {
    const film = await makeFilm(folder, { name: `${name}.mp4`, size, seconds: 0.4 });
    const notices: string[] = [];
    const title = await packageFile(film, {
      library: join(folder, name),
      tools,
      config,
      signal: NEVER,
      onNotice: (sentence) => notices.push(sentence),
    });
    expect(title.representations[0]?.codecs).toMatch(/^av01\./);
    expect(notices).toEqual(['AV1 is encoded with libaom-av1: SVT-AV1 cannot be used here.']);
  }
});

test('a picture too small for a codec is told as that', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '8x8', seconds: 0.4 });
  const config = { ...CONFIG, codecs: ['hevc'] } as const;
  await expect(packageFile(film, { library: join(folder, 'l'), config, signal: NEVER })).rejects.toThrow(
    'A picture of 8×8 is too small for HEVC: leave it out of --codecs.',
  );
});
