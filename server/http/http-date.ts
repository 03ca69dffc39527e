/**
 * Dates of HTTP, RFC 9110 §5.6.7, as whole seconds since 1970.
 *
 *   IMF-fixdate  = day-name "," SP day SP month SP year SP time-of-day SP GMT    ; Sun, 06 Nov 1994 08:49:37 GMT
 *   rfc850-date  = day-name-l "," SP day-MON-yy SP time-of-day SP GMT            ; Sunday, 06-Nov-94 08:49:37 GMT
 *   asctime-date = day-name SP month SP ( 2DIGIT / SP DIGIT ) SP time SP year    ; Sun Nov  6 08:49:37 1994
 */

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const DAY = '(?<day>\\d{2})';
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';
const NAME = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_NAME = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';

const FORMS = [
  new RegExp(`^${NAME}, ${DAY} ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_NAME}, ${DAY}-${MONTH}-(?<shortYear>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^${NAME} ${MONTH} (?<day>\\d{2}| \\d) ${TIME} (?<year>\\d{4})$`),
];

export function formatHttpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString();
}

/** `undefined` for anything that is not an HTTP-date, which every caller must ignore. `now` decides on two-digit years. */
export function parseHttpDate(text: string, now: () => number = nowSeconds): number | undefined {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return fromGroups(groups, now);
  }
  return undefined;
}

function fromGroups(groups: Record<string, string | undefined>, now: () => number): number | undefined {
  const day = Number(groups['day']);
  const month = MONTHS.indexOf(groups['month'] ?? '');
  const year =
    groups['year'] === undefined ? fullYear(Number(groups['shortYear']), now) : Number(groups['year']);
  const milliseconds = Date.UTC(year, month, day, Number(groups['hour']), Number(groups['minute']));
  if (new Date(milliseconds).getUTCDate() !== day) return undefined;
  return milliseconds / 1000 + Number(groups['second']);
}

/** A year that seems to lie more than 50 years ahead is the last one in the past with these two digits. */
function fullYear(shortYear: number, now: () => number): number {
  const thisYear = new Date(now() * 1000).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + shortYear;
  return year > thisYear + 50 ? year - 100 : year;
}

function nowSeconds(): number {
  return Date.now() / 1000;
}
