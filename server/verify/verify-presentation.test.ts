/** A title that nobody touched is sound; whoever damages it in one place is told which, in a sentence that names it. */
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeFilm, NEVER, TOOLS } from '../packager/films-for-tests.ts';
import { packageFile } from '../packager/package-file.ts';
import { runTool } from '../packager/tools.ts';
import {
  type Damage,
  denySync,
  dropLastSegment,
  inIndex,
  inMedia,
  inMpd,
  insertEditList,
  inTitle,
  joinFirstSegments,
  mediaOf,
  removeMedia,
  shiftDecodeTime,
  swapSegments,
} from './damage-for-tests.ts';
import { allFaults, type Check, describeFault, type Verdict } from './verdict.ts';
import { verifyPresentation } from './verify-presentation.ts';

let folder = '';
let good = '';
let [top, low] = ['', ''];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-verify-'));
  const film = await makeFilm(folder, { size: '320x180', seconds: 10, sound: 10 });
  const title = await packageFile(film, { library: join(folder, 'library'), signal: NEVER });
  good = join(folder, 'library', title.id);
  [top = '', low = ''] = title.representations.map(({ id }) => id);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function copyOfGood(): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await cp(good, copy, { recursive: true });
  return copy;
}

async function verdictOn(damage: Damage, isFull = false): Promise<Verdict> {
  const copy = await copyOfGood();
  await damage(copy);
  return verifyPresentation(copy, { signal: NEVER, isFull });
}

function faultsOf(verdict: Verdict): string[] {
  return allFaults(verdict).map((fault) => `${fault.check}: ${describeFault(fault)}`);
}

test.each([false, true])(
  'an untouched title is sound (all media read: %s), and everything was looked at',
  async (isFull) => {
    const verdict = await verifyPresentation(good, { signal: NEVER, isFull });
    expect(faultsOf(verdict)).toEqual([]);
    expect(verdict.isSound).toBe(true);
    for (const { id, contentType, looked } of verdict.representations) {
      const sidecar: Check[] = ['files', 'format'];
      const media: Check[] = [...sidecar, 'boxes', 'times', 'sync', 'rate', 'ends'];
      const wanted = new Map([
        ['image', sidecar],
        ['text', sidecar],
        ['audio', media],
        ['video', [...media, 'align']],
      ] as const);
      const needed: readonly Check[] = wanted.get(contentType as 'video') ?? [];
      expect(needed).not.toEqual([]);
      expect([id, needed.filter((check) => !looked[check])]).toEqual([id, []]);
    }
  },
);

/** What is done to the title, which check finds it, and words that its sentence must have. */
const FAULTS: readonly (readonly [string, () => Damage, Check, RegExp])[] = [
  [
    'a decode time shifted',
    () => shiftDecodeTime(top, 2, 900),
    'times',
    /segment 2.*said to start at 4 s, its boxes start at 4\.01 s, 900 ticks more/,
  ],
  [
    'a size in the segment index wrong',
    () =>
      inIndex(
        low,
        ([first, second, ...rest]) =>
          [
            { ...first, size: (first?.size ?? 0) + 8 },
            { ...second, size: (second?.size ?? 0) - 8 },
            ...rest,
          ] as never,
      ),
    'boxes',
    /segment 1/,
  ],
  [
    'a duration in the segment index wrong',
    () => inIndex(top, ([first, ...rest]) => [{ ...first, durationTicks: 359_100 }, ...rest] as never),
    'times',
    /segment 1.*said to last 3\.99 s, its samples last 4 s/,
  ],
  [
    'the codecs string wrong',
    () => inMpd(/codecs="avc1\.\w+"/, 'codecs="avc1.640028"'),
    'format',
    /@codecs is "avc1\.640028", its sample entry is "avc1/,
  ],
  [
    'a bandwidth too low',
    () => inMpd(/bandwidth="\d+\d"/, 'bandwidth="9000"'),
    'rate',
    /with [\d.]+ s buffered first it needs \d+/,
  ],
  ['a file missing', () => removeMedia(low), 'files', /There is no file/],
  [
    'two segments swapped',
    () => swapSegments(top),
    'times',
    /segment 1.*said to start at 0 s, its boxes start at 4 s/,
  ],
  ['the last segment dropped', () => dropLastSegment(low), 'ends', /It ends \d+ ms before its period/],
  [
    'an edit list put back',
    () => insertEditList('audio', 1024),
    'boxes',
    /edit list \(elst\) skips 0\.0213 s/,
  ],
  [
    'one rung cut elsewhere',
    () => joinFirstSegments(low),
    'align',
    /It has \d segments, "video-180" has|It starts at/,
  ],
  [
    'a digest wrong',
    () =>
      inTitle((title) => ({
        ...title,
        files: Object.fromEntries(
          Object.entries(title.files).map(([name, file]) => [name, { ...file, sha256: 'f'.repeat(64) }]),
        ),
      })),
    'digests',
    /title\.json says ffffffff/,
  ],
  [
    'the presentation time offset a frame too large',
    () => inMpd('presentationTimeOffset="1024"', 'presentationTimeOffset="2048"'),
    'ends',
    /It ends [\d.]+ ms before its period/,
  ],
  [
    'the presentation time offset a frame too small',
    () => inMpd('presentationTimeOffset="1024"', ''),
    'times',
    /skips 0 ms, but AAC begins with a frame/,
  ],
  [
    'a height wrong',
    () => inMpd('height="180"', 'height="182"'),
    'format',
    /@height is 182, its pictures are 320×180/,
  ],
  [
    'a frame rate wrong',
    () => inMpd(' frameRate="25"', ' frameRate="24"'),
    'format',
    /@frameRate is 24, it has 25\.000 frames a second/,
  ],
  [
    'a sample shape wrong',
    () => inMpd('sar="1:1"', 'sar="4:3"'),
    'format',
    /@sar is 4:3, its samples are 1:1/,
  ],
  [
    'a sampling rate wrong',
    () => inMpd('audioSamplingRate="48000"', 'audioSamplingRate="44100"'),
    'format',
    /@audioSamplingRate is 44100/,
  ],
  [
    'a number of channels wrong',
    () => inMpd(/(channel_configuration:2011" value=")2/, '$16'),
    'format',
    /says 6 channels, its sample entry 2/,
  ],
  [
    'the duration wrong',
    () => inMpd('mediaPresentationDuration="PT10S"', 'mediaPresentationDuration="PT11S"'),
    'ends',
    /ends 1000 ms before its period/,
  ],
  [
    'the longest segment longer than claimed',
    () => inMpd(/maxSubsegmentDuration="PT[\d.]+S"/, 'maxSubsegmentDuration="PT3S"'),
    'times',
    /@maxSubsegmentDuration is 3 s/,
  ],
  [
    'a segment that needs the one before',
    () => denySync(top, 2),
    'sync',
    /segment 2.*does not begin with a sync sample/,
  ],
  [
    'an index range one byte off',
    () => inMpd(/indexRange="(\d+)-(\d)/, 'indexRange="$1-1$2'),
    'files',
    /@indexRange is \d+-1\d+, but the segment index takes bytes \d+-\d+/,
  ],
  [
    'bytes behind the last segment',
    () =>
      inMedia(low, (bytes) => Buffer.concat([bytes, new Uint8Array([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65])])),
    'files',
    /The segment index covers \d+ of the file's \d+ bytes/,
  ],
  [
    'a file that nobody lists',
    () => (copy) => writeFile(join(copy, 'stray.txt'), 'x'),
    'files',
    /stray\.txt: It lies in the folder/,
  ],
  [
    'a file that grew',
    () => async (copy) => appendFile(join(copy, await mediaOf(copy, 'audio')), 'x'),
    'files',
    /title\.json says \d+ bytes, it has/,
  ],
  [
    'an id used twice',
    () => inMpd(/Representation id="audio"/, 'Representation id="video-180"'),
    'files',
    /has the id "video-180", which is taken/,
  ],
  ['an MPD that is none', () => inMpd('<MPD', '<MDP'), 'files', /manifest\.mpd/],
];

test.each(FAULTS)('%s is found', async (_, damage, check, words) => {
  const verdict = await verdictOn(damage(), check === 'digests');
  expect(verdict.isSound).toBe(false);
  const faults = faultsOf(verdict);
  expect(faults.filter((fault) => fault.startsWith(`${check}: `)).join('\n')).toMatch(words);
});

test("ffmpeg's own packager is found out: its audio is claimed a frame earlier than it is", async ({
  skip,
}) => {
  const place = await mkdtemp(join(folder, 'dash-'));
  const mpd = join(place, 'manifest.mpd');
  const sources = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=160x90:r=25:d=10',
    '-f',
    'lavfi',
    '-i',
    'sine=r=48000:d=10',
  ];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '100', '-c:a', 'aac'];
  const words = ['-nostdin', '-v', 'error', ...sources, ...codecs, '-seg_duration', '4', '-f', 'dash', mpd];
  await runTool(TOOLS.ffmpeg, words, { signal: NEVER });
  const text = await readFile(mpd, 'utf8');
  skip(/<S t="0" d="192512"/.test(text), 'This ffmpeg says where its audio is.');
  const verdict = await verifyPresentation(place, { signal: NEVER });
  expect(verdict.isSound).toBe(false);
  const [picture, sound] = verdict.representations;
  expect(picture?.faults).toEqual([]);
  expect(sound?.faults.map(({ segment, sentence }) => [segment, sentence])).toContainEqual([
    2,
    expect.stringContaining('1024 ticks more'),
  ]);
});

test('nothing to look at is not sound, and says so', async () => {
  const empty = await mkdtemp(join(folder, 'empty-'));
  expect(faultsOf(await verifyPresentation(empty, { signal: NEVER }))).toEqual([
    expect.stringContaining('There is no MPD in'),
  ]);
  expect(faultsOf(await verifyPresentation(join(empty, 'no.mpd'), { signal: NEVER }))).toEqual([
    expect.stringContaining('There is no'),
  ]);
  await mkdir(join(empty, 'a.mpd'));
  expect((await verifyPresentation(empty, { signal: NEVER })).isSound).toBe(false);
});

test('files outside the folder of the MPD are not read', async () => {
  const verdict = await verdictOn(inMpd(/<BaseURL>[^<]*\.mp4</, `<BaseURL>${'../'.repeat(12)}etc/passwd<`));
  expect(faultsOf(verdict).join()).toContain('lies outside the folder of the MPD');
});

test('whatever is broken in the media, there is a verdict and no error', { timeout: 120_000 }, async () => {
  const copy = await copyOfGood();
  const file = join(copy, await mediaOf(copy, top));
  const bytes = await readFile(file);
  const { size } = await stat(file);
  const headers = Math.min(size, 1400);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(headers - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (position, change, isCut) => {
        const broken = Buffer.from(isCut ? bytes.subarray(0, position) : bytes);
        if (!isCut) broken[position] = (broken[position] ?? 0) ^ change;
        await writeFile(file, broken);
        const verdict = await verifyPresentation(copy, { signal: NEVER });
        expect(verdict.representations.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 150 },
  );
});

test('it ends with the reason of the signal', async () => {
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  await expect(verifyPresentation(good, { signal: stop.signal })).rejects.toThrow('enough');
});
