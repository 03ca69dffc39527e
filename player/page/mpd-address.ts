// Reads what a viewer pastes as the address of an MPD.

export type MpdAddress =
  | { readonly ok: true; readonly url: URL }
  | {
      readonly ok: false;
      /** One sentence for the viewer. */
      readonly reason: string;
    };

const LOCAL_HOST = /^(localhost|\d+\.\d+\.\d+\.\d+)(:\d+)?\//;
const NAMED_HOST = /^[\w-]+(\.[\w-]+)+(:\d+)?\//;

/** Files called like this are named after their folder. */
const COMMON_FILE = /^(manifest|stream|index|dash|master|playlist)$/i;

/** Accepts http(s) addresses, the same without their scheme ("example.com/film.mpd"), and paths relative to `base`. */
export function readMpdAddress(text: string, base: string): MpdAddress {
  const address = text.trim();
  if (address === '') return refuse('Paste the address of an MPD first.');
  const url = parse(address, base);
  if (!url) return refuse(`“${address}” is not a web address.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse(`An MPD is fetched over http or https, not over “${url.protocol}”.`);
  }
  return { ok: true, url };
}

/** What to call a presentation that is known by its address alone: its file, its folder, or its host. */
export function nameOf(url: URL): string {
  const parts = url.pathname.split('/').filter(Boolean);
  const file = parts.at(-1)?.replace(/\.mpd$/i, '') ?? '';
  const name = COMMON_FILE.test(file) ? (parts.at(-2) ?? file) : file;
  return readable(name) || url.hostname;
}

function parse(address: string, base: string): URL | undefined {
  try {
    return new URL(withScheme(address), base);
  } catch {
    return undefined;
  }
}

function withScheme(address: string): string {
  if (LOCAL_HOST.test(address)) return `http://${address}`;
  return NAMED_HOST.test(address) ? `https://${address}` : address;
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refuse(reason: string): MpdAddress {
  return { ok: false, reason };
}
