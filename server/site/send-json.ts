/** Sends a value as JSON: compressed where that pays, under a strong tag, so that a page which asks again gets a 304. */
import type { Request, Response } from 'express';
import { sendObject } from '../http/send-object.ts';
import { compressText } from '../library/compress-text.ts';
import { createSiteFile, type SiteFile } from './site-file.ts';

/** Below this a packet is a packet. */
const MIN_COMPRESSED_SIZE = 1024;

/** Quality of brotli: somebody waits, and a library changes more often than a build. */
const WHILE_WAITED_FOR = 5;

export type SendJson = (request: Request, response: Response, value: unknown) => Promise<void>;

/** Remembers the last value, since the same list is asked for again and again while nothing is published. */
export function createJsonSender(): SendJson {
  let last: { readonly text: string; readonly file: Promise<SiteFile> } | undefined;
  const forgetting = (error: unknown): never => {
    last = undefined;
    throw error;
  };
  return async (request, response, value) => {
    const text = JSON.stringify(value);
    if (last?.text !== text) last = { text, file: fileOf(text).catch(forgetting) };
    await sendObject(request, response, (await last.file).as(request.headers['accept-encoding']));
  };
}

async function fileOf(text: string): Promise<SiteFile> {
  const bytes = Buffer.from(text);
  const encoded =
    bytes.length < MIN_COMPRESSED_SIZE ? new Map() : await compressText(bytes, WHILE_WAITED_FOR);
  return createSiteFile({
    bytes,
    encoded,
    type: 'application/json; charset=utf-8',
    cacheControl: 'no-cache',
  });
}
