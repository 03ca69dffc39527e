/** An HTTP client for tests that shows what really came over the wire: no cache, no redirect, no decoding. */
import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

/** The answer as soon as its headers are here; the body is the caller's to read or to break off. */
export async function begin(url: string | URL, question: Question = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, agent } = question;
  const outgoing = request(url, { method, headers, ...(agent ? { agent } : { agent: new Agent() }) }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}

/** Rejects when the connection breaks before the promised length. */
export async function ask(url: string | URL, question: Question = {}): Promise<Reply> {
  const response = await begin(url, question);
  const body = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Sends bytes as they stand and returns all that comes back until the server closes: ask it to, by `Connection: close`. */
export async function askRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(Buffer.from(text, 'latin1'));
  return (await buffer(socket)).toString('latin1');
}
