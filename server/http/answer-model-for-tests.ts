/**
 * RFC 9110 §13 and §14 a second time, for tests: written from the text alone, byte by byte and letter by letter, without a
 * thought for speed and without a line of the code that it judges.
 */

export interface ModelObject {
  readonly size: number;
  /** Strong, with its quotes. */
  readonly etag: string;
  /** Seconds since 1970. */
  readonly modified: number | undefined;
}

export interface ModelAnswer {
  readonly status: 200 | 206 | 304 | 412 | 416;
  /** Of a 206: the stretches of bytes, [first, last], in the order of the parts. */
  readonly parts: readonly (readonly [number, number])[];
}

type Fields = Readonly<Record<string, string | undefined>>;

const bare = (status: ModelAnswer['status']): ModelAnswer => ({ status, parts: [] });

/** §13.2.2, step by step. */
export function modelAnswer(method: 'GET' | 'HEAD', fields: Fields, object: ModelObject): ModelAnswer {
  if (isStopped(fields, object)) return bare(412);
  if (isKnown(fields, object)) return bare(304);
  const range = fields['range'];
  if (method === 'HEAD' || range === undefined || !isStillTheSame(fields['if-range'], object))
    return bare(200);
  return modelRange(range, object.size);
}

/** Steps 1 and 2. */
function isStopped(fields: Fields, { etag, modified }: ModelObject): boolean {
  const tags = fields['if-match'];
  if (tags !== undefined)
    return tags !== '*' && !tagsIn(tags).some(({ weak, text }) => !weak && text === etag);
  const limit = modelDate(fields['if-unmodified-since']);
  return limit !== undefined && modified !== undefined && modified > limit;
}

/** Steps 3 and 4. */
function isKnown(fields: Fields, { etag, modified }: ModelObject): boolean {
  const tags = fields['if-none-match'];
  if (tags !== undefined) return tags === '*' || tagsIn(tags).some(({ text }) => text === etag);
  const limit = modelDate(fields['if-modified-since']);
  return limit !== undefined && modified !== undefined && modified <= limit;
}

/** §13.1.5: one strong tag that is the same, or a date that is exactly the same. */
function isStillTheSame(ifRange: string | undefined, { etag, modified }: ModelObject): boolean {
  if (ifRange === undefined || ifRange === etag) return true;
  return modified !== undefined && modelDate(ifRange) === modified;
}

interface ModelTag {
  readonly weak: boolean;
  readonly text: string;
}

/** §8.8.3, a list of §5.6.1: from left to right; what comes after a fault is not read. */
function tagsIn(list: string): ModelTag[] {
  const tags: ModelTag[] = [];
  let rest = withoutLeading(', \t', list);
  while (rest !== '') {
    const weak = rest.startsWith('W/');
    const tag = quotedAtStart(weak ? rest.slice(2) : rest);
    const behind = withoutLeading(' \t', rest.slice((weak ? 2 : 0) + (tag?.length ?? 0)));
    if (tag === undefined || (behind !== '' && behind[0] !== ',')) break;
    tags.push({ weak, text: tag });
    rest = withoutLeading(', \t', behind);
  }
  return tags;
}

function withoutLeading(letters: string, text: string): string {
  let start = 0;
  while (start < text.length && letters.includes(text[start] ?? '')) start++;
  return text.slice(start);
}

/** From one quote to the next, with nothing between them that may not be there. */
function quotedAtStart(text: string): string | undefined {
  const end = text.indexOf('"', 1);
  if (text[0] !== '"' || end < 0) return undefined;
  const inner = [...text.slice(1, end)];
  return inner.every((c) => c > ' ' && c !== '\x7f' && c <= '\xff') ? text.slice(0, end + 1) : undefined;
}

/** §5.6.7, by writing down what each second would look like: only seconds near the one in question matter to the tests. */
function modelDate(text: string | undefined): number | undefined {
  return text === undefined ? undefined : KNOWN_DATES.get(text);
}

export const AROUND = 784111777;

const KNOWN_DATES: ReadonlyMap<string, number> = new Map(
  [-86_400, -1, 0, 1, 86_400].flatMap((offset) => {
    const seconds = AROUND + offset;
    const [name = '', day = '', month = '', year = '', time = ''] = new Date(seconds * 1000)
      .toUTCString()
      .split(/,? /);
    const long = { Sat: 'Saturday', Sun: 'Sunday', Mon: 'Monday' }[name];
    return [
      [`${name}, ${day} ${month} ${year} ${time} GMT`, seconds],
      [`${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`, seconds],
      [`${name} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`, seconds],
    ] as const;
  }),
);

export const DATES: readonly string[] = [...KNOWN_DATES.keys()];

/** More parts than this are answered with the whole; a gap of this many bytes is sent along (both our choice, §14.2, §15.3.7.2). */
const MOST_PARTS = 8;
const LONGEST_GAP = 80;

/** §14.1.1 and §14.1.2, by asking each byte whether it is wanted, and by which range first. */
function modelRange(range: string, size: number): ModelAnswer {
  const equals = range.indexOf('=');
  if (range.slice(0, equals).toLowerCase() !== 'bytes') return bare(200);
  const specs = range
    .slice(equals + 1)
    .split(',')
    .map((spec, i, all) => trim(spec, i > 0, i < all.length - 1))
    .filter((spec) => spec !== '');
  const wishes = specs.map((spec) => wishOf(spec, size));
  if (specs.length === 0 || wishes.includes(undefined)) return bare(200);
  const wantedBy = Array.from({ length: size }, (_, position) =>
    wishes.findIndex((wish) => wish?.(BigInt(position))),
  );
  if (wantedBy.every((rank) => rank < 0)) return bare(416);
  const parts = partsOf(wantedBy);
  if (parts.length > MOST_PARTS) return bare(200);
  const rankOf = ([first, last]: readonly [number, number]) =>
    Math.min(...wantedBy.slice(first, last + 1).filter((rank) => rank >= 0));
  return { status: 206, parts: parts.sort((a, b) => rankOf(a) - rankOf(b)) };
}

/** White space belongs to the commas: not before the first element, nor behind the last. */
function trim(spec: string, hasCommaBefore: boolean, hasCommaBehind: boolean): string {
  const left = hasCommaBefore ? spec.replace(/^[ \t]+/, '') : spec;
  return hasCommaBehind ? left.replace(/[ \t]+$/, '') : left;
}

/** Whether a range wants a byte; `undefined` for what is no range, or one that is to be ignored. */
function wishOf(spec: string, size: number): ((position: bigint) => boolean) | undefined {
  const [before = '', behind = '', ...more] = spec.split('-');
  const isNumber = (text: string) => [...text].every((letter) => '0123456789'.includes(letter));
  if (more.length > 0 || !spec.includes('-') || !isNumber(before) || !isNumber(behind)) return undefined;
  if (before === '' && behind === '') return undefined;
  if (before === '') {
    const length = BigInt(behind);
    return size === 0 && length > 0n ? undefined : (position) => BigInt(size) - position <= length;
  }
  const [first, last] = [BigInt(before), behind === '' ? undefined : BigInt(behind)];
  if (last !== undefined && last < first) return undefined;
  return (position) => position >= first && (last === undefined || position <= last);
}

/** Runs of wanted bytes, joined over short gaps. */
function partsOf(wantedBy: readonly number[]): [number, number][] {
  const parts: [number, number][] = [];
  wantedBy.forEach((rank, position) => {
    const part = parts.at(-1);
    if (rank < 0) return;
    if (part && position - part[1] <= LONGEST_GAP + 1) part[1] = position;
    else parts.push([position, position]);
  });
  return parts;
}
