/** A report's data of a film that does not exist, with all that a report can show. */
import { inputInfo, videoStream } from '../input/input-for-tests.ts';
import { chooseLadder, chooseSizes } from '../ladder/ladder.ts';
import { made, picture, segmentsOf, setOf, stereo } from '../made-for-tests.ts';
import { timingOf } from '../made-presentation.ts';
import { chooseRungs } from '../per-title/choose-rungs.ts';
import { pointsOf } from '../per-title/points-for-tests.ts';
import { SSIM } from '../quality/quality-measure.ts';
import type { ReportData } from './report-data.ts';
import type { FrameKind } from './sample-frames.ts';

const WISH = { codecs: ['h264', 'av1'], rateControl: 'crf', crf: 23 } as const;

export function reportData(changes: Partial<ReportData> = {}): ReportData {
  const rungs = chooseLadder(videoStream());
  const video = setOf(
    rungs.map(({ id, width, height, rate }, i) => {
      const average = rate.kind === 'crf' ? rate.maxRate / 16 : 0;
      const sizes = Array.from({ length: 40 }, (_, k) =>
        Math.round(average * (2 + Math.sin(k / 3 + i / 5) + (k % 7) / 8)),
      );
      return made(id, picture(width, height), { segments: segmentsOf(sizes, 90_000) });
    }),
  );
  const sounds = made('audio-de', stereo, {
    segments: segmentsOf(
      Array.from({ length: 40 }, () => 65_000),
      48_000,
    ),
  });
  const sets = { video, audio: setOf([sounds], 'de') };
  const kinds: readonly FrameKind[] = [
    'I',
    ...Array.from({ length: 47 }, (_, i): FrameKind => (i % 3 === 2 ? 'P' : 'B')),
  ];
  return {
    title: 'A film',
    input: inputInfo(),
    presentation: { title: 'A film', ...sets, text: [], ...timingOf(sets) },
    rungs,
    quality: new Map(rungs.map(({ id }, i) => [id, 0.985 - i * 0.012])),
    perTitle: analysisOf(),
    frames: {
      id: 'video-720',
      start: 32,
      duration: 2,
      frames: kinds.map((kind, i) => ({
        kind,
        bytes: { I: 60_000, P: 14_000, B: 4_000, key: 0, inter: 0 }[kind] + (i % 5) * 900,
      })),
    },
    intra: { seconds: 2, codedBytes: 400_000, intraBytes: 1_700_000 },
    verdict: {
      ...{ isSound: true, name: 'manifest.mpd', faults: [], remarks: [], looked: { files: 9 } },
      representations: rungs.map(({ id }) => ({
        id,
        contentType: 'video',
        segments: 40,
        looked: { files: 40, sync: 40 },
        faults: [],
      })),
    },
    ...changes,
  };
}

function analysisOf(): NonNullable<ReportData['perTitle']> {
  const film = { hardness: 2, detail: 0.4, spread: 2, noise: 0.02 };
  const fixed = chooseLadder(videoStream(), WISH);
  const points = pointsOf(film, { sizes: chooseSizes(videoStream()), ...WISH });
  const shots = [1, 4, 7].map((start) => ({ start, duration: 2 }));
  return { ...chooseRungs({ points, measure: SSIM, fixed }), shots };
}
