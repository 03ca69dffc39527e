// What a viewer decided once for this browser. Where storage is blocked, every preference is at its default.

export type Preference = 'shortcuts';

export function readPreference(name: Preference): string | undefined {
  try {
    return localStorage.getItem(`weir:${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgotten with the page where storage is blocked or full. */
export function writePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(`weir:${name}`, value);
  } catch {
    return;
  }
}
