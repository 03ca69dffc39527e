/** Reads the chapters of an input, whose times are as careless as people are. */
import type { Chapter } from './input-info.ts';
import { type ProbeReport, startOf } from './probe-report.ts';

/**
 * In order of time and on the presentation's time line. Each ends where the next begins, if its own end lies behind that;
 * one without a length is left out.
 */
export function readChapters(report: ProbeReport): Chapter[] {
  const fileStart = startOf(report);
  const sorted = (report.chapters ?? [])
    .map(({ start_time, end_time, tags }) => ({
      start: Math.max(0, Number(start_time) - fileStart),
      end: Number(end_time) - fileStart,
      title: tags?.['title']?.trim() ?? '',
    }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  return sorted
    .map((chapter, i) => ({ ...chapter, end: Math.min(chapter.end, sorted[i + 1]?.start ?? chapter.end) }))
    .filter(({ start, end }) => end > start);
}
