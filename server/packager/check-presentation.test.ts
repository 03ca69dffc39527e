/** The self-check: a right index passes, and each way of being wrong is found. */
import { expect, test } from 'vitest';
import type { SegmentIndex } from '../../player/core/mp4/sidx.ts';
import { checkPresentation, describeUnevenEnds, findFault } from './check-presentation.ts';
import type { Fragment } from './fragmented-file.ts';
import { made, picture, segmentsOf, setOf, stereo } from './made-for-tests.ts';
import { timingOf } from './made-presentation.ts';
import type { MadeRepresentation } from './made-representation.ts';

const START = 100;

function presentationOf(video: readonly MadeRepresentation[], audio: readonly MadeRepresentation[] = []) {
  const sets = { video: setOf(video), audio: setOf(audio) };
  return { title: '', ...sets, text: [], ...timingOf(sets) };
}

/** Three fragments of 10 bytes and 96 ticks behind byte 100. */
const fragments: Fragment[] = [0, 1, 2].map((i) => ({
  startTicks: i * 96,
  durationTicks: 96,
  earliestTicks: i * 96,
  endTicks: (i + 1) * 96,
  startsWithSync: true,
  samples: 1,
  position: START + i * 10,
  bytes: 10,
  moofBytes: 5,
}));

function indexOf(references: readonly (readonly [size: number, durationTicks: number])[]): SegmentIndex {
  return {
    referenceId: 1,
    timescale: 24,
    earliestPresentationTimeTicks: 0,
    firstOffset: 0,
    references: references.map(([size, durationTicks]) => ({
      type: 'media',
      size,
      durationTicks,
      startsWithSap: true,
      sapType: 1,
      sapDeltaTimeTicks: 0,
    })),
  };
}

function faultOf(
  references: readonly (readonly [number, number])[],
  changed = fragments,
): string | undefined {
  return findFault({ fragments: changed }, indexOf(references), { position: START, fileBytes: START + 30 });
}

test('an index that tells the truth has no fault, with one or several fragments a segment', () => {
  expect(
    faultOf([
      [10, 96],
      [10, 96],
      [10, 96],
    ]),
  ).toBeUndefined();
  expect(
    faultOf([
      [10, 96],
      [20, 192],
    ]),
  ).toBeUndefined();
});

test('each lie is found', () => {
  expect(
    faultOf([
      [9, 96],
      [11, 96],
      [10, 96],
    ]),
  ).toBe('segment 1 does not begin with a fragment');
  expect(
    faultOf([
      [10, 95],
      [20, 192],
    ]),
  ).toBe('segment 0 does not last as long as its samples');
  expect(
    faultOf([
      [10, 96],
      [10, 96],
    ]),
  ).toBe('its index covers 120 of 130 bytes');
  const unready = fragments.map((fragment, i) => ({ ...fragment, startsWithSync: i !== 1 }));
  expect(
    faultOf(
      [
        [10, 96],
        [20, 192],
      ],
      unready,
    ),
  ).toBe('segment 1 does not begin with a sync sample');
});

test('rungs whose segments begin at different times are not published', async () => {
  const top = made('v720', picture(1280, 720));
  const late = made('v360', picture(640, 360), { segments: segmentsOf([1, 1, 1], 90_000) });
  await expect(checkPresentation(presentationOf([top, late]), '/x')).rejects.toMatchObject({
    code: 'output-faulty',
    message: 'The segments of "v720" and "v360" do not begin at the same times.',
  });
});

test('sound that ends elsewhere than the picture is told; one frame of it is not', () => {
  const video = [made('v720', picture(1280, 720))];
  const unevenEnds = (sizes: readonly number[]): string[] => {
    const sound = made('audio', stereo, { segments: segmentsOf(sizes, 48_000) });
    return describeUnevenEnds(presentationOf(video, [sound]));
  };
  expect(unevenEnds([1, 1])).toEqual([]);
  expect(unevenEnds([1])).toEqual(['The sound "audio" ends 4.02 s before the picture.']);
  expect(unevenEnds([1, 1, 1])).toEqual(['The sound "audio" ends 3.98 s after the picture.']);
});
