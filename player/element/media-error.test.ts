// A StreamingError as controls made for <video> read it.
import { expect, test } from 'vitest';
import { StreamingError } from '../core/errors.ts';
import { toMediaError } from './media-error.ts';

test('our sentence is the message, and the code says network, decoding or source', () => {
  expect(toMediaError(new StreamingError('timeout', 'Nothing came.'))).toMatchObject({
    code: 2,
    message: 'Nothing came.',
  });
  expect(toMediaError(new StreamingError('decode-failed', 'No.')).code).toBe(3);
  expect(toMediaError(new StreamingError('mpd-invalid', 'No.')).code).toBe(4);
});
