/** Whatever stands in Range and the conditions: the answer is what a second reading of RFC 9110 says, to the byte. */
import { randomBytes } from 'node:crypto';
import { Agent, type IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { answerError } from './answer-error.ts';
import { AROUND, DATES, type ModelAnswer, modelAnswer } from './answer-model-for-tests.ts';
import { HttpError } from './http-error.ts';
import { DEFAULT_HTTP_LIMITS, listen } from './http-server.ts';
import { silentLog } from './log.ts';
import { type Answer, describeObject, type ObjectFacts, planAnswer } from './plan-answer.ts';
import { sendObject } from './send-object.ts';
import { memoryBytes } from './stored-bytes.ts';
import { ask } from './test-client.ts';

const ETAG = '"abc"';

/** Content of which no two stretches are the same. */
function makeObject(size: number, modified: number | undefined) {
  const content = randomBytes(size);
  const facts = describeObject({
    size,
    type: 'video/mp4',
    etag: ETAG,
    cacheControl: 'public, max-age=60',
    headers: { vary: 'x' },
    ...(modified === undefined ? {} : { modified }),
  });
  return { content, facts, model: { size, etag: ETAG, modified } };
}

const position = fc
  .oneof(
    fc.nat({ max: 40 }),
    fc.nat({ max: 2200 }),
    fc.constantFrom('0', '00', '1999', '2000', '9007199254740993', '9'.repeat(40), `${'9'.repeat(39)}8`),
  )
  .map(String);

const spec = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(position, position)
      .map(([a, b]) => (BigInt(a) <= BigInt(b) ? `${a}-${b}` : `${b}-${a}`)),
  },
  { weight: 2, arbitrary: position.map((a) => `${a}-`) },
  { weight: 2, arbitrary: position.map((a) => `-${a}`) },
  { weight: 1, arbitrary: fc.tuple(position, position).map(([a, b]) => `${a}-${b}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '-',
      '5',
      '1-2-3',
      '0x1-2',
      '+1-2',
      '1.5-9',
      '0 -9',
      ' ',
      '0-9\u00a0',
      '０-９',
    ),
  },
);

const range = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.array(spec, { minLength: 1, maxLength: 12 }), fc.constantFrom(',', ', ', ' ,\t'))
      .map(([specs, comma]) => `bytes=${specs.join(comma)}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('Bytes=', 'items=', 'bytes', 'bytes =', '=', 'bytes= '), spec)
      .map((both) => both.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'bytes=-,0123456789 \t'.split('')) }) },
);

const tag = fc.constantFrom(
  ETAG,
  `W/${ETAG}`,
  '"x"',
  'W/"x"',
  '"a,b"',
  '""',
  'abc',
  '"abc',
  'w/"abc"',
  '*',
  '"a b"',
  '"a\x7f"',
);
const tags = fc.oneof(
  fc.constant('*'),
  tag,
  fc
    .tuple(fc.array(tag, { maxLength: 4 }), fc.constantFrom(',', ', ', ' , ', ' ', ',,\t'))
    .map(([all, comma]) => all.join(comma)),
);
const date = fc.oneof(
  fc.constantFrom(...DATES),
  fc.constantFrom('', 'yesterday', '784111777', `${DATES[0]}, ${DATES[1]}`, ` ${DATES[0]}`),
);

const conditions = {
  'if-range': fc.oneof(tag, date),
  'if-match': tags,
  'if-none-match': tags,
  'if-modified-since': date,
  'if-unmodified-since': date,
};

/** A range and none to three conditions: with more of them nearly every request would end at the first. */
const fields = fc
  .subarray(Object.keys(conditions) as (keyof typeof conditions)[], { maxLength: 3 })
  .chain((names) =>
    fc.record({ range, ...Object.fromEntries(names.map((name) => [name, conditions[name]])) }),
  );

const object = fc.tuple(
  fc.oneof(fc.constantFrom(0, 1, 2), fc.nat({ max: 2000 })),
  fc.constantFrom(AROUND, undefined),
);

/** `undefined` for a request that is refused. */
function planned(method: string, headers: IncomingHttpHeaders, facts: ObjectFacts): Answer | undefined {
  try {
    return planAnswer(method, headers, facts);
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}

function outcomeOf(method: string, headers: IncomingHttpHeaders, facts: ObjectFacts): ModelAnswer {
  try {
    const { status, pieces } = planAnswer(method, headers, facts);
    const ranges = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece]));
    return { status, parts: status === 206 ? ranges.map(({ first, last }) => [first, last]) : [] };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { status: error.status as ModelAnswer['status'], parts: [] };
  }
}

interface Sent {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

function sentBy({ headers, pieces }: Answer, content: Buffer): Sent {
  const pairs = headers.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), headers[i + 1]]] : []));
  const body = pieces.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece) : content.subarray(piece.first, piece.last + 1),
  );
  return { headers: Object.fromEntries(pairs), body: Buffer.concat(body) };
}

/** Takes an answer with bytes apart again, as a client does, and compares each with the file. */
function expectBytes({ headers, body }: Sent, { status, parts }: ModelAnswer, content: Buffer): void {
  expect(headers['content-length']).toBe(`${body.length}`);
  if (status === 200) {
    expect(body.equals(content)).toBe(true);
    expect(headers).not.toHaveProperty('content-range');
    return;
  }
  const [[first, last] = [0, 0], ...others] = parts;
  if (others.length === 0) {
    expect(headers['content-range']).toBe(`bytes ${first}-${last}/${content.length}`);
    expect(body.equals(content.subarray(first, last + 1))).toBe(true);
    return;
  }
  expect(headers).not.toHaveProperty('content-range');
  const boundary = /^multipart\/byteranges; boundary=([\w-]+)$/.exec(`${headers['content-type']}`)?.[1];
  const frames = parts.map(([from, to]) => {
    const head = `--${boundary}\r\nContent-Type: video/mp4\r\nContent-Range: bytes ${from}-${to}/${content.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), content.subarray(from, to + 1), Buffer.from('\r\n')]);
  });
  expect(body.equals(Buffer.concat([...frames, Buffer.from(`--${boundary}--\r\n`)]))).toBe(true);
}

const method = fc.constantFrom('GET' as const, 'GET' as const, 'HEAD' as const);

test('each answer is what the model says, and its body the bytes of the file', () => {
  const seen = new Map<number, number>();
  fc.assert(
    fc.property(method, fields, object, (verb, headers, [size, modified]) => {
      const { content, facts, model } = makeObject(size, modified);
      const expected = modelAnswer(verb, headers, model);
      seen.set(expected.status, (seen.get(expected.status) ?? 0) + 1);
      expect(outcomeOf(verb, headers, facts)).toEqual(expected);
      const answer = planned(verb, headers, facts);
      if (answer && answer.status !== 304 && verb === 'GET')
        expectBytes(sentBy(answer, content), expected, content);
    }),
    { numRuns: 10_000 },
  );
  for (const status of [200, 206, 304, 412, 416])
    expect(seen.get(status) ?? 0, `${status}`).toBeGreaterThan(100);
}, 60_000);

test('so it is over a connection, where white space around a field is nothing', async () => {
  const { content, facts, model } = makeObject(1000, AROUND);
  const object = { ...facts, open: () => memoryBytes(content) };
  const failures: unknown[] = [];
  const server = await listen(
    (request, response) => {
      sendObject(request, response, object).catch((error: unknown) => {
        if (!(error instanceof HttpError)) failures.push(error);
        answerError(response, error, { log: silentLog });
      });
    },
    { host: '127.0.0.1', port: 0, limits: DEFAULT_HTTP_LIMITS },
  );
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
  });
  const sendable = fields.filter((some) =>
    Object.values(some).every((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)),
  );
  await fc.assert(
    fc.asyncProperty(method, sendable, async (verb, headers) => {
      const { status, headers: answered, body } = await ask(server.url, { method: verb, headers, agent });
      const stripped = Object.entries(headers).map(([name, value]) => [
        name,
        value.replace(/^[ \t]+|[ \t]+$/g, ''),
      ]);
      const expected = modelAnswer(verb, Object.fromEntries(stripped), model);
      expect(status).toBe(expected.status);
      if (verb === 'HEAD') expect(body).toHaveLength(0);
      else if (status === 200 || status === 206) expectBytes({ headers: answered, body }, expected, content);
      if (status === 416)
        expect(answered).toMatchObject({ 'content-range': 'bytes */1000', 'cache-control': 'no-store' });
      if (status === 304)
        expect(answered).toMatchObject({ etag: ETAG, 'cache-control': 'public, max-age=60', vary: 'x' });
    }),
    { numRuns: 1500 },
  );
  expect(failures).toEqual([]);
}, 60_000);
