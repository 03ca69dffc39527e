/** A connection by itself: whose turn it is, and what counts as taking nothing. */
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createConnection } from './connection.ts';

/** A socket whose kernel has taken what one says. */
function createSocket() {
  const state = { bytesWritten: 0, queued: 0 };
  const socket = new Socket();
  Object.defineProperties(socket, {
    bytesWritten: { get: () => state.bytesWritten },
    _handle: { get: () => ({ writeQueueSize: state.queued }) },
  });
  return { socket, state };
}

function createResponse(): ServerResponse {
  return new EventEmitter() as ServerResponse;
}

test('looks in a row at which nothing more was taken are counted, from the second of an answer on', () => {
  const { socket, state } = createSocket();
  const connection = createConnection(socket);
  connection.inTurn(createResponse(), () => undefined);
  expect([connection.look(), connection.look(), connection.look()]).toEqual([0, 1, 2]);
  Object.assign(state, { bytesWritten: 1000, queued: 1000 });
  expect(connection.look()).toBe(3);
  state.queued = 999;
  expect([connection.look(), connection.look()]).toEqual([0, 1]);
});

test('an idle connection is never still', () => {
  const connection = createConnection(new Socket());
  const response = createResponse();
  expect([connection.look(), connection.look()]).toEqual([0, 0]);
  connection.inTurn(response, () => undefined);
  connection.look();
  connection.look();
  response.emit('close');
  expect([connection.look(), connection.isAnswering]).toEqual([0, false]);
});

test('it ends when what was asked for is answered', () => {
  const socket = new Socket();
  const connection = createConnection(socket);
  const [first, second] = [createResponse(), createResponse()];
  const begun: string[] = [];
  connection.inTurn(first, () => begun.push('first'));
  connection.inTurn(second, () => begun.push('second'));
  connection.endWhenIdle();
  first.emit('close');
  expect([begun, socket.writableEnded]).toEqual([['first', 'second'], false]);
  second.emit('close');
  expect(socket.writableEnded).toBe(true);
});

test('what waits for its turn is not begun for a client that has gone', () => {
  const socket = new Socket();
  const connection = createConnection(socket);
  const first = createResponse();
  connection.inTurn(first, () => undefined);
  connection.inTurn(createResponse(), () => expect.unreachable());
  socket.destroy();
  first.emit('close');
  expect(connection.isAnswering).toBe(false);
});
