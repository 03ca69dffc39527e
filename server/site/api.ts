/** The API that pages ask: which titles there are, and what a page must know of one before it plays. */
import { Router } from 'express';
import { HttpError } from '../http/http-error.ts';
import type { Library } from '../library/read-library.ts';
import { MPD_FILE, type Title, type TitleRepresentation } from '../library/title.ts';
import { createJsonSender } from './send-json.ts';

/** URLs are absolute paths on this server. */
export interface TitleSummary {
  readonly id: string;
  readonly title: string;
  readonly duration: number;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Of the largest video representation; absent without video. */
  readonly width?: number;
  readonly height?: number;
  readonly poster?: string;
  /** Of the MPD. */
  readonly manifest: string;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
}

export interface ApiOptions {
  readonly library: Library;
  /** False when media needs a token: pages then have no pictures to show, and none that would fail. */
  readonly isMediaOpen: boolean;
}

export function createApi({ library, isMediaOpen }: ApiOptions): Router {
  const tell = (title: Title): TitleSummary => {
    const { poster, ...rest } = summarize(title);
    return isMediaOpen && poster !== undefined ? { ...rest, poster } : rest;
  };
  const router = Router();
  const sendList = createJsonSender();
  const sendTitle = createJsonSender();
  router.get('/titles', async (request, response) => {
    const { titles, damaged } = await library.list();
    await sendList(request, response, { titles: titles.map(tell), damaged });
  });
  router.get('/titles/:id', async (request, response) => {
    const title = await library.title(request.params.id);
    if (!title) throw new HttpError(404, 'There is no such title in the library.');
    await sendTitle(request, response, tell(title));
  });
  router.use(() => {
    throw new HttpError(404, 'The API has nothing at this address.');
  });
  return router;
}

export function summarize({ id, title, duration, created, poster, representations }: Title): TitleSummary {
  const { width, height } = largest(representations) ?? {};
  return {
    id,
    title,
    duration,
    created,
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(poster === undefined ? {} : { poster: `/media/${id}/${poster}` }),
    manifest: `/media/${id}/${MPD_FILE}`,
    hasAudio: representations.some(({ kind }) => kind === 'audio'),
    hasVideo: representations.some(({ kind }) => kind === 'video'),
  };
}

function largest(representations: readonly TitleRepresentation[]): TitleRepresentation | undefined {
  const areaOf = ({ width = 0, height = 0 }: TitleRepresentation) => width * height;
  return representations.filter(({ kind }) => kind === 'video').sort((a, b) => areaOf(b) - areaOf(a))[0];
}
