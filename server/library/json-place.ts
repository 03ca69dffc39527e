/** Reads values out of JSON of unknown make: each is of its type, or the fault is named with its path. */

/** A value and where it stands, as `$.files["v1.mp4"].bytes`. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** The value is undefined when there is no such member. @throws Error when `parent` is no object. */
export function member(parent: Place, name: string): Place {
  const fields = object(parent);
  const step = /^[A-Za-z]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return { value: Object.hasOwn(fields, name) ? fields[name] : undefined, path: parent.path + step };
}

export function object(place: Place): Record<string, unknown> {
  if (typeof place.value === 'object' && place.value !== null && !Array.isArray(place.value)) {
    return place.value as Record<string, unknown>;
  }
  throw fault(place, 'is no object');
}

export function elements(place: Place): Place[] {
  if (!Array.isArray(place.value)) throw fault(place, 'is no list');
  return place.value.map((value: unknown, i) => ({ value, path: `${place.path}[${i}]` }));
}

export function optional<T>(place: Place, read: (place: Place) => T): T | undefined {
  return place.value === undefined ? undefined : read(place);
}

/** Without the members that are undefined. */
export function present<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Not empty. */
export function text(place: Place): string {
  return checked(place, (value) => value !== '', 'is no text, or empty');
}

export function checked(place: Place, isRight: (value: string) => boolean, complaint: string): string {
  if (typeof place.value === 'string' && isRight(place.value)) return place.value;
  throw fault(place, complaint);
}

export function oneOf<T extends string>(place: Place, words: readonly T[]): T {
  const word = words.find((each) => each === place.value);
  if (word !== undefined) return word;
  throw fault(place, `is none of ${words.map((each) => `"${each}"`).join(', ')}`);
}

export function flag(place: Place): boolean {
  if (typeof place.value === 'boolean') return place.value;
  throw fault(place, 'is neither true nor false');
}

/** A whole number of 0 or more. */
export function count(place: Place): number {
  if (Number.isSafeInteger(place.value) && Number(place.value) >= 0) return Number(place.value);
  throw fault(place, 'is no whole number of 0 or more');
}

export function positive(place: Place): number {
  if (typeof place.value === 'number' && Number.isFinite(place.value) && place.value > 0) return place.value;
  throw fault(place, 'is no number above 0');
}

/** A member that is not there at all is the commonest fault, and said as such. */
export function fault(place: Place, complaint: string): Error {
  return new Error(`${place.path} ${place.value === undefined ? 'is missing' : complaint}.`);
}
