/**
 * Makes everything that stands around the finished media. Each stage writes its own files into the folder that never
 * changes and gives back facts; then the folder is named after its content, and the manifests are written that point into it.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MPD_FILE, PLAYLIST_FILE, type Title, type TitleFile } from '../library/title.ts';
import { versionOf } from '../library/version.ts';
import type { CaptionsFile } from './captions/captions-file.ts';
import { makeCaptions } from './captions/make-captions.ts';
import { makeChapters } from './chapters.ts';
import { describeContent, describeFolder, describeMediaFiles, typeOf } from './describe-files.ts';
import { makeEditedInitializations } from './hls/edited-initializations.ts';
import { findKeyPictures } from './hls/key-pictures.ts';
import { writeMainPlaylist, writeMediaPlaylists } from './hls/write-playlists.ts';
import { type MadePresentation, representationsOf, timingOf } from './made-presentation.ts';
import { makeDigests } from './media/make-digests.ts';
import { writeMpd } from './mpd/write-mpd.ts';
import type { OutputContext } from './output-context.ts';
import { makePoster } from './pictures/make-poster.ts';
import { makeThumbnails } from './pictures/make-thumbnails.ts';

export interface FinishedPresentation {
  readonly presentation: MadePresentation;
  /** Folder of all files that never change. */
  readonly version: string;
  /** Everything to be published, by its path inside the title's folder. */
  readonly files: Readonly<Record<string, TitleFile>>;
  /** Keys of `files`. */
  readonly names: Pick<Title, 'poster' | 'playlist' | 'chapters' | 'thumbnails' | 'digests' | 'report'>;
}

export interface FinishRequest {
  readonly title: string;
  /** The title's folder; the context's folder is in it, and is renamed. */
  readonly directory: string;
  /** Given beside the input. */
  readonly captions: readonly CaptionsFile[];
}

export async function finishPresentation(
  context: OutputContext,
  { title, directory, captions }: FinishRequest,
): Promise<FinishedPresentation> {
  const text = await makeCaptions(context, captions);
  const chapters = await makeChapters(context);
  const thumbnails = await makeThumbnails(context);
  const poster = await makePoster(context, thumbnails?.pictures ?? []);
  const digests = await makeDigests(context);
  const needs = {
    initializations: await makeEditedInitializations(context),
    keyPictures: await findKeyPictures(context),
  };
  const { video, audio } = context.media;
  const presentation: MadePresentation = {
    title,
    video,
    audio,
    text,
    ...timingOf({ video, audio }),
    ...(thumbnails ? { thumbnails: thumbnails.set } : {}),
    ...(chapters ? { chapters } : {}),
  };

  await writeAll(context.directory, writeMediaPlaylists(presentation, needs));
  const media = Object.assign({}, ...representationsOf(presentation).map(describeMediaFiles));
  const lasting = await describeFolder(context.directory, media);
  const version = versionOf(lasting);
  await rename(context.directory, join(directory, version));
  const inVersion = Object.entries(lasting).map(([name, file]) => [`${version}/${name}`, file]);

  const manifests = {
    [MPD_FILE]: writeMpd(presentation, version),
    [PLAYLIST_FILE]: writeMainPlaylist(presentation, { version, needs }),
  };
  return {
    presentation,
    version,
    files: { ...(await writeAll(directory, manifests)), ...Object.fromEntries(inVersion) },
    names: {
      playlist: PLAYLIST_FILE,
      digests: `${version}/${digests}`,
      ...(poster ? { poster: `${version}/${poster}` } : {}),
      ...(chapters ? { chapters: `${version}/${chapters}` } : {}),
      ...(thumbnails ? { thumbnails: `${version}/${thumbnails.set.index}` } : {}),
    },
  };
}

async function writeAll(
  directory: string,
  texts: Readonly<Record<string, string>>,
): Promise<Record<string, TitleFile>> {
  const files: Record<string, TitleFile> = {};
  for (const [name, text] of Object.entries(texts)) {
    await writeFile(join(directory, name), text);
    files[name] = describeContent(Buffer.from(text), typeOf(name));
  }
  return files;
}
