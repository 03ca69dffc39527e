/** The plan: what is asked of ffmpeg for each rung, and how a chunk comes to its place. */
import { expect, test } from 'vitest';
import { inputInfo, videoStream } from '../input/input-for-tests.ts';
import { chooseLadder } from '../ladder/ladder.ts';
import { DEFAULT_PACKAGING_CONFIG, type Preset } from '../packaging-config.ts';
import { argumentsOf } from './encode-job.ts';
import { type EncodeRequest, planEncode, videoJob } from './encode-plan.ts';

const video = videoStream({ end: 120 });

/** The words of each chunk's command. */
function wordsOf(changes: Partial<EncodeRequest> = {}, preset: Preset = 'veryfast'): string[][] {
  const plan = planEncode({
    input: inputInfo({ video, audio: [] }),
    rungs: chooseLadder(video),
    renditions: [],
    canConvertLight: false,
    hasZscale: false,
    av1Encoder: 'libsvtav1',
    config: { ...DEFAULT_PACKAGING_CONFIG, preset },
    chunkSeconds: 60,
    threads: 1,
    ...changes,
  });
  return plan.chunks.map((chunk) => argumentsOf(videoJob(plan, video, chunk, { directory: '/work' })));
}

function encoderParameters(words: readonly string[]): string[] {
  return words.filter((_, i) => words[i - 1] === '-x264-params');
}

test('the top rung gets the preset whole, those below do without some of it, and slower presets keep all', () => {
  const [top = '', ...lower] = encoderParameters(wordsOf()[0] ?? []);
  expect(top).not.toContain('me=');
  expect(lower.length).toBeGreaterThan(1);
  for (const each of lower) expect(each).toContain('b-adapt=0:me=dia:analyse=i8x8,i4x4');
  for (const each of encoderParameters(wordsOf({}, 'slow')[0] ?? [])) expect(each).not.toContain('me=');
});

test('the first chunk is not sought, the next one from well before its start; a film in one piece has its own clock', () => {
  const [first = [], second = []] = wordsOf();
  expect(first).not.toContain('-ss');
  expect(first).toContain('-copyts');
  expect(second.slice(second.indexOf('-ss')).slice(0, 2)).toEqual(['-ss', '58.000']);
  expect(second.indexOf('-ss')).toBeLessThan(second.indexOf('-i'));
  const whole = wordsOf({ chunkSeconds: 120 });
  expect(whole).toHaveLength(1);
  expect(whole[0]).not.toContain('-copyts');
});
