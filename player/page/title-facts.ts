// The few words a viewer reads about a film: its length, its best quality, its date.
import type { TitleSummary } from './titles.ts';

/** "0:09", "2:00", "1:02:03"; to the nearest second, empty when it is not known. */
export function formatDuration(duration: number): string {
  if (!Number.isFinite(duration) || duration < 0) return '';
  const seconds = Math.round(duration);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${seconds % 60}`.padStart(2, '0');
  return hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** "720p": the shorter side, as the quality menu counts; empty without a picture. */
export function formatRung(size: { readonly width?: number; readonly height?: number }): string {
  return size.width && size.height ? `${Math.min(size.width, size.height)}p` : '';
}

/** "25 Nov 2025" in the viewer's language; empty for what is no date. */
export function formatDate(iso: string, locale?: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(date);
}

/** One line under a title: "2:00 · 720p · 25 Nov 2025". Unknown parts are left out. */
export function describeTitle(title: TitleSummary, locale?: string): string {
  const quality = title.hasVideo ? formatRung(title) : 'Audio';
  return joinFacts([formatDuration(title.duration), quality, formatDate(title.created, locale)]);
}

export function joinFacts(facts: readonly string[]): string {
  return facts.filter((fact) => fact !== '').join(' · ');
}
