/** Reads WebVTT far enough to know that a browser shows all of its cues (W3C WebVTT §4). */

const TIMES =
  /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t].*)?$/;
const MOST_FAULTS = 5;

/** Sentences with line numbers; `duration` in seconds is how long the media last. None when all is well. */
export function findCueFaults(text: string, duration: number): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) return ['It does not begin with WEBVTT.'];
  let latest = 0;
  const faults = lines.flatMap((line, i): string[] => {
    if (!line.includes('-->')) return [];
    const match = TIMES.exec(line);
    if (!match) return [`Line ${i + 1} holds no times of a cue.`];
    const cue = { start: secondsOf(match.slice(1, 5)), end: secondsOf(match.slice(5, 9)) };
    const found = faultsOfCue(cue, latest, duration).map((what) => `The cue in line ${i + 1} ${what}.`);
    latest = cue.start;
    return found;
  });
  return faults.slice(0, MOST_FAULTS);
}

function faultsOfCue(
  { start, end }: { start: number; end: number },
  latest: number,
  duration: number,
): string[] {
  const faults: (readonly [boolean, string])[] = [
    [end <= start, 'ends before it starts'],
    [start < latest, 'starts before the one in front of it'],
    [start >= duration, `starts after the end at ${duration} s`],
  ];
  return faults.filter(([isFault]) => isFault).map(([, what]) => what);
}

function secondsOf([hours = '0', minutes, seconds, milliseconds]: readonly string[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(milliseconds) / 1000;
}
