/** The one error that a request may end in on purpose: a status and a sentence for whoever asked. */

/** Names of headers are lower-case here and wherever the server writes them. */
export type Headers = Readonly<Record<string, string>>;

/** `message` is sent to the client as it stands: it must say what is wrong and never name a path of this machine. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, message: string, headers: Headers = {}, cause?: unknown) {
    super(message, { cause });
    this.status = status;
    this.headers = headers;
  }
}
