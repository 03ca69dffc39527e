/** Showing progress: a block on a terminal, few lines in a log, and numbers that are never cut off. */
import { expect, test } from 'vitest';
import { BEGINNING, type Progress } from '../../server/packager/progress.ts';
import type { Screen } from './live-block.ts';
import { createProgressDisplay } from './progress-display.ts';

function createScreen(options: Partial<Screen> = {}): Screen & { readonly text: () => string } {
  let text = '';
  return { write: (piece: string) => (text += piece), text: () => text, ...options };
}

const half: Progress = {
  ...BEGINNING,
  ...{ stage: 'encode', share: 0.5, done: 60, speed: 2, framesPerSecond: 48, remaining: 30 },
  rungs: [
    {
      ...{ id: 'video-720', codec: 'h264', width: 1280, height: 720, bytes: 12_345_678, liveRate: 1_646_090 },
      rate: { kind: 'crf', crf: 23, maxRate: 2_765_000 },
    },
    {
      ...{ id: 'video-234', codec: 'h264', width: 416, height: 234, bytes: 0, liveRate: 0 },
      rate: { kind: 'vbr', averageRate: 145_000, maxRate: 218_000 },
    },
  ],
};

/** What a terminal shows in the end: each erasure takes away all that was drawn since the one before. */
function lastDrawing(text: string): string[] {
  return (text.split('\r\u001b[J').at(-1) ?? '').split('\n');
}

function display(screen: Screen, name = 'film.mp4', place = '') {
  const clock = { time: 0 };
  return { clock, ...createProgressDisplay({ name, place, screen, now: () => clock.time }) };
}

test('a terminal of 80 columns has the film, how far it is, and a row for each rung', () => {
  const screen = createScreen({ isTTY: true, columns: 80 });
  display(screen, 'film.mp4', '2 of 5').show(half);
  expect(lastDrawing(screen.text())).toEqual([
    '2 of 5: film.mp4',
    'encoding  [############------------]  50 %  48 fps  2.0× speed  0:30 left',
    '  rung        so far         rate  resolution  target',
    '  video-720  12.3 MB  1646 kbit/s  1280×720    crf 23, at most 2765 kbit/s',
    '  video-234        –            –  416×234     145 kbit/s on average',
  ]);
});

test('it is drawn in place, and taken off for other words', () => {
  const screen = createScreen({ isTTY: true, columns: 80 });
  const { show, clear, clock } = display(screen);
  show(half);
  clock.time = 1;
  show({ ...half, share: 0.51 });
  expect(screen.text()).toContain('\u001b[4A\r\u001b[J');
  clear();
  expect(lastDrawing(screen.text())).toEqual(['']);
  const length = screen.text().length;
  clear();
  expect(screen.text()).toHaveLength(length);
});

test('not more often than ten times a second, but a new stage is seen at once', () => {
  const screen = createScreen({ isTTY: true, columns: 80 });
  const { show, clock } = display(screen);
  for (let i = 0; i < 100; i++) {
    clock.time = i / 100;
    show({ ...half, share: i / 100 });
  }
  expect(screen.text().split('film.mp4')).toHaveLength(1 + 10);
  show({ ...half, stage: 'verify' });
  expect(lastDrawing(screen.text())[1]).toMatch(/^verifying/);
});

test.each([79, 60, 40, 24, 8, 1])('no line is wider than a terminal of %i columns', (columns) => {
  const screen = createScreen({ isTTY: true, columns });
  display(screen, 'a long name '.repeat(20), '2 of 5').show(half);
  const widest = Math.max(...lastDrawing(screen.text()).map((line) => [...line].length));
  expect(widest).toBeLessThan(columns);
});

test('a terminal of few rows is not scrolled, and one that does not tell its size has 80 columns', () => {
  const screen = createScreen({ isTTY: true, columns: 0, rows: 4 });
  display(screen, 'x'.repeat(200)).show(half);
  const lines = lastDrawing(screen.text());
  expect(lines).toHaveLength(3);
  expect(lines[0]).toHaveLength(79);
});

test('names of strangers move no cursor', () => {
  for (const isTTY of [true, false]) {
    const screen = createScreen({ isTTY, columns: 80 });
    display(screen, 'a\nb\u001b[2J\u202e.mp4').show(half);
    const [name = ''] = lastDrawing(screen.text());
    expect(name).toMatch(/^a b \[2J \.mp4/);
  }
});

test('a log gets a line every few seconds, one for each stage, and no control characters', () => {
  const screen = createScreen();
  const { show, clear, clock } = display(screen, 'film.mp4', '2 of 5');
  show(BEGINNING);
  for (; clock.time < 20; clock.time++) show(half);
  show({ ...half, stage: 'finish', share: 0.96 });
  clear();
  const encoding = '2 of 5: film.mp4: encoding, 50 %, 48 fps, 2.0× speed, 0:30 left';
  expect(screen.text().split('\n')).toEqual([
    '2 of 5: film.mp4: analysing, 0 %',
    ...[0, 5, 10, 15].map(() => encoding),
    '2 of 5: film.mp4: finishing, 96 %',
    '',
  ]);
});

test('while nobody knows how long the film is, the time that is done is told', () => {
  const screen = createScreen();
  const { show } = display(screen);
  show({ ...half, share: undefined, remaining: undefined });
  expect(screen.text()).toBe('film.mp4: encoding, 1:00 done, 48 fps, 2.0× speed\n');
});
