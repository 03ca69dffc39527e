/** A title that nobody touched is sound; whoever damages it in one place is told which, in a sentence that names it. */
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makeFilm, NEVER, TOOLS } from '../packager/films-for-tests.ts';
import { packageFile } from '../packager/package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packager/packaging-config.ts';
import { runTool } from '../packager/tools.ts';
import { type Damage, inMpd, mediaOf } from './damage-for-tests.ts';
import { FAULTS, FAULTS_IN_FILES, TOP } from './faults-for-tests.ts';
import { allFaults, type Check, describeFault, type Verdict } from './verdict.ts';
import { verifyPresentation } from './verify-presentation.ts';

let folder = '';
let good = '';
/** The same film, a file for each segment, with captions. */
let goodFiles = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-verify-'));
  const film = await makeFilm(folder, { size: '320x180', seconds: 10, sound: 10 });
  const captions = join(folder, 'film.srt');
  await writeFile(
    captions,
    '1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nyou\n',
  );
  const place = { library: join(folder, 'library'), signal: NEVER };
  const title = await packageFile(film, { ...place, config: DEFAULT_PACKAGING_CONFIG });
  const config = {
    ...DEFAULT_PACKAGING_CONFIG,
    layout: 'files',
    captions: [{ lang: 'de', file: captions }],
  } as const;
  const other = await packageFile(film, { ...place, id: 'files', config });
  [good, goodFiles] = [join(place.library, title.id), join(place.library, other.id)] as const;
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function copyOf(title: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  await cp(title, copy, { recursive: true });
  return copy;
}

async function verdictOn(title: string, damage: Damage, isFull = false): Promise<Verdict> {
  const copy = await copyOf(title);
  await damage(copy);
  return verifyPresentation(copy, { signal: NEVER, isFull });
}

function faultsOf(verdict: Verdict): string[] {
  return allFaults(verdict).map((fault) => `${fault.check}: ${describeFault(fault)}`);
}

test.each([
  ['a file for each representation', false],
  ['a file for each representation', true],
  ['a file for each segment', false],
  ['a file for each segment', true],
] as const)(
  'an untouched title with %s is sound (all media read: %s), and everything was looked at',
  async (layout, isFull) => {
    const title = layout === 'a file for each segment' ? goodFiles : good;
    const verdict = await verifyPresentation(title, { signal: NEVER, isFull });
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

const CASES = [
  ...FAULTS.map(([name, ...rest]) => ({ layout: 'indexed', name, rest })),
  ...FAULTS_IN_FILES.map(([name, ...rest]) => ({ layout: 'files', name, rest })),
];

test.each(CASES)('$layout: $name is found', async ({ layout, rest: [damage, check, words, depth] }) => {
  const isFull = depth === 'full' || check === 'digests';
  const verdict = await verdictOn(layout === 'files' ? goodFiles : good, damage(), isFull);
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
  const verdict = await verdictOn(
    good,
    inMpd(/<BaseURL>[^<]*\.mp4</, `<BaseURL>${'../'.repeat(12)}etc/passwd<`),
  );
  expect(faultsOf(verdict).join()).toContain('lies outside the folder of the MPD');
});

test('whatever is broken in the media, there is a verdict and no error', { timeout: 120_000 }, async () => {
  const copy = await copyOf(good);
  const file = join(copy, await mediaOf(copy, TOP));
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
