/** Compares what came out of a file with what was to come out. */
import { expect } from 'vitest';
import type { TitleRepresentation } from '../../library/title.ts';
import type { ExpectedOutcome, ExpectedTitle } from './expected-outcomes.ts';
import type { Outcome } from './package-sample.ts';

/** Seconds: a frame at 10 a second. */
const CLOSE = 0.1;

export function expectOutcome(outcome: Outcome, expected: ExpectedOutcome): void {
  if ('code' in expected) {
    expect(outcome.refusal?.message ?? 'It was packaged.').toMatch(expected.message);
    expect(outcome.refusal?.message).toMatch(/^[^\n]+\.$/);
    expect(outcome.refusal?.code).toBe(expected.code);
  } else expectTitle(outcome, expected);
}

function expectTitle(outcome: Outcome, expected: ExpectedTitle): void {
  expect(outcome.refusal?.message).toBeUndefined();
  expect(outcome.faults).toEqual([]);
  expect(Math.abs((outcome.title?.duration ?? 0) - expected.duration)).toBeLessThanOrEqual(CLOSE);
  const pictures = (outcome.title?.representations ?? []).filter(({ kind }) => kind === 'video');
  const [top] = pictures;
  expect(top && `${sizeOf(top)}@${Math.round((top.frameRate ?? 0) * 100) / 100}`).toBe(expected.top);
  expect(new Set(pictures.map(sizeOf)).size).toBeGreaterThanOrEqual(expected.rungs ?? 0);
  expect(outcome.audio).toEqual(expected.audio ?? []);
  expect(outcome.captions).toEqual(expected.captions ?? []);
  const { notices = [] } = expected;
  expect(outcome.notices).toHaveLength(notices.length);
  outcome.notices.forEach((sentence, i) => {
    expect(sentence).toMatch(notices[i] ?? 'nothing');
  });
}

export function sizeOf({ width, height }: TitleRepresentation): string {
  return `${width}x${height}`;
}
