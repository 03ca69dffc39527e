/** The one thing of the platform that the core may name: `URL` is a calculation, the same in browsers and Node. */
declare class URL {
  constructor(url: string, base?: string | URL);
  readonly href: string;
  readonly protocol: string;
  static canParse(url: string, base?: string | URL): boolean;
}

/** UTF-8 decoding is a calculation too: the MPD and box readers name characters, never an encoding library. */
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
