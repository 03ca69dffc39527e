/** Showing progress: one line on a terminal, few lines in a log, and numbers that are never cut off. */
import { expect, test } from 'vitest';
import { clock, createProgressDisplay, formatLive, type Screen } from './progress-display.ts';

function createScreen(options: Partial<Screen> = {}): Screen & { readonly text: () => string } {
  let text = '';
  return { write: (piece) => (text += piece), text: () => text, ...options };
}

const half = { stage: 'encode', share: 0.5, done: 60, speed: 2, framesPerSecond: 0, remaining: 30 } as const;

test('a terminal has one line, that is erased before it is drawn again', () => {
  const screen = createScreen({ isTTY: true, columns: 100 });
  const display = createProgressDisplay('film.mp4', screen);
  display.show(half);
  display.show({ ...half, share: 0.51 });
  display.clear();
  const lines = screen.text().split('\r\u001b[K');
  expect(lines).toEqual([
    '',
    '[############------------]  50 %  2.0× speed  0:30 left  film.mp4',
    '[############------------]  51 %  2.0× speed  0:30 left  film.mp4',
    '',
  ]);
});

test('a narrow terminal cuts the name; one that does not tell its width has 80 columns', () => {
  expect(formatLive('a long name.mp4', half, 63)).toBe(
    '[############------------]  50 %  2.0× speed  0:30 left  a long',
  );
  const screen = createScreen({ isTTY: true, columns: 0 });
  createProgressDisplay('x'.repeat(200), screen).show(half);
  expect(screen.text().replace('\r\u001b[K', '')).toHaveLength(79);
});

test('a log gets a line every ten percent and no control characters', () => {
  const screen = createScreen();
  const display = createProgressDisplay('film.mp4', screen);
  for (let percent = 0; percent < 100; percent++) display.show({ ...half, share: percent / 100 });
  display.clear();
  const lines = screen.text().split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[3]).toBe('film.mp4:  30 %  2.0× speed  0:30 left');
});

test('while nobody knows how long the film is, the time that is done is told', () => {
  const screen = createScreen();
  const display = createProgressDisplay('film.mp4', screen);
  const unknown = { ...half, share: undefined, speed: 1, remaining: undefined };
  for (let done = 0; done < 130; done += 5) display.show({ ...unknown, done });
  expect(screen.text()).toBe(
    ['0:00', '1:00', '2:00'].map((time) => `film.mp4: ${time} done  1.0× speed\n`).join(''),
  );
});

test.each([
  [0, '0:00'],
  [59.6, '1:00'],
  [65, '1:05'],
  [7384, '2:03:04'],
])('%f seconds are %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
