/** What a person sees of a verdict: a table no wider than a terminal, and every fault with its place. */
import { expect, test } from 'vitest';
import type { Verdict } from '../../server/verify/verdict.ts';
import { formatVerdict } from './verdict-table.ts';

const looked = {
  files: 5,
  boxes: 1800,
  format: 10,
  times: 1800,
  sync: 1800,
  rate: 1,
  align: 1800,
  ends: 4,
  digests: 1800,
};

function verdictWith(changes: Partial<Verdict>): Verdict {
  const representation = { id: 'video-1080-av1', contentType: 'video', segments: 2, looked, faults: [] };
  return {
    isSound: true,
    name: 'manifest.mpd',
    representations: [representation],
    looked: {},
    faults: [],
    remarks: [],
    ...changes,
  };
}

test('a long film with all checks fits into 80 columns', () => {
  const lines = formatVerdict(verdictWith({})).split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines[1]).toMatch(/^video-1080-av1 {2}✓5 .*✓1800$/);
  expect(lines.at(-1)).toBe('✓ manifest.mpd is sound: 9020 claims of 1 representation were looked at.');
});

test('a fault is a cross in the table and a sentence with its place below', () => {
  const fault = {
    check: 'times' as const,
    representation: 'v',
    segment: 3,
    file: 'v.mp4',
    byte: 12,
    sentence: 'It is late.',
  };
  const representations = [
    { id: 'v', contentType: 'video', segments: 3, looked: { times: 3 }, faults: [fault] },
  ];
  const text = formatVerdict(verdictWith({ isSound: false, representations }));
  expect(text).toContain('✗1');
  expect(text).toContain('✗ v, segment 3, byte 12 of v.mp4: It is late.');
  expect(text).toContain(
    '✗ manifest.mpd is not sound: 1 fault; 3 claims of 1 representation were looked at.',
  );
});

test('letters that take two columns do not push the table out of line', () => {
  const ids = ['映画', 'v'];
  const representations = ids.map((id) => ({
    id,
    contentType: 'video',
    segments: 1,
    looked: { files: 1 },
    faults: [],
  }));
  const [, wide, narrow] = formatVerdict(verdictWith({ representations })).split('\n');
  expect(wide).toMatch(/^映画 {9}✓1$/);
  expect(narrow).toMatch(/^v {12}✓1$/);
});

test('control characters of hostile names do not reach the terminal', () => {
  const representations = [{ id: 'a\u001b[2Jb', contentType: 'video', segments: 0, looked: {}, faults: [] }];
  const fault = { check: 'files' as const, file: 'x\u0007\n', sentence: 'It is\u001b odd.' };
  const text = formatVerdict(
    verdictWith({ isSound: false, representations, faults: [fault], remarks: ['\u001b]'] }),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Control}/u);
});
