/** Makes a published title out of a video or audio file: the packager as one function. */
import { fingerprintFile } from '../library/fingerprint.ts';
import { DEFAULT_FORMER_CONFIG, type FormerConfig } from '../library/former-versions.ts';
import { openPartial } from '../library/publish.ts';
import { recoverLibrary } from '../library/recover-library.ts';
import type { Title } from '../library/title.ts';
import { freeTitleId } from '../library/title-id.ts';
import { buildPresentation } from './build-presentation.ts';
import { describeTitle } from './describe-title.ts';
import { recoverWorkFolders } from './encode/work-folder.ts';
import { refuseChanged } from './input/input-file.ts';
import { probe } from './input/probe.ts';
import type { MadeTitle } from './made-title.ts';
import { nameTitle } from './name-title.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from './packaging-config.ts';
import { namingFullDisk, namingUnusableLibrary } from './packaging-error.ts';
import { BEGINNING, type Progress } from './progress.ts';
import { type Tools, toolsFrom } from './tools.ts';

export interface PackageOptions {
  /** Folder of all titles; made when it is not there. */
  readonly library: string;
  /** Wanted id. Default: made of the title. A number is added when another input has it. */
  readonly id?: string;
  /** For people. Default: the file's name. */
  readonly title?: string;
  /** Default: `DEFAULT_PACKAGING_CONFIG`. */
  readonly config?: PackagingConfig;
  /** How long former versions stay. Default: `DEFAULT_FORMER_CONFIG`. */
  readonly former?: FormerConfig;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with sentences that a person should see: what was unusual, and what was done about it. */
  readonly onNotice?: (sentence: string) => void;
  /** Called with what is known beyond the title itself, before it is given back. */
  readonly onMade?: (made: MadeTitle) => void;
  /** Called with the ffmpeg command, as one line for a POSIX shell. */
  readonly onCommand?: (commandLine: string) => void;
  /** Default: `FFMPEG_PATH` and `FFPROBE_PATH`, else what `PATH` finds. */
  readonly tools?: Tools;
}

/**
 * Resolves when the title is in the library, complete. Until then nothing of it can be seen there, and whatever ends the
 * work early leaves nothing behind.
 * @throws PackagingError about the input, the disk or the result; ToolError when ffmpeg fails; the signal's reason.
 */
export async function packageFile(file: string, options: PackageOptions): Promise<Title> {
  const { library, signal, tools = toolsFrom(process.env), config = DEFAULT_PACKAGING_CONFIG } = options;
  options.onProgress?.(BEGINNING);
  const input = await probe(file, tools, signal, config.input);
  for (const sentence of input.notices) options.onNotice?.(sentence);
  const fingerprint = await fingerprintFile(input.file);
  const { title, wantedId } = nameTitle(input.name, fingerprint, options);
  try {
    const { id, partial } = await openPlace({ library, name: wantedId, fingerprint, former: options.former });
    try {
      const built = await buildPresentation(
        { input, title, fingerprint, directory: partial.directory, tools, config },
        options,
      );
      try {
        const notices = [...input.notices, ...built.losses];
        const facts = { id, title, created: new Date(), input, fingerprint, notices };
        const published = describeTitle(facts, built);
        await refuseChanged(input);
        const inPlace = await partial.publish(published);
        options.onMade?.(built);
        return inPlace;
      } finally {
        await built.work.remove();
      }
    } finally {
      await partial.discard();
    }
  } catch (error) {
    throw namingFullDisk(error, library);
  }
}

interface WantedPlace {
  readonly library: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly former: FormerConfig | undefined;
}

/** A place in the library for a title of that name. */
async function openPlace({ library, name, fingerprint, former = DEFAULT_FORMER_CONFIG }: WantedPlace) {
  try {
    await recoverLibrary(library, { config: former });
    await recoverWorkFolders(library);
    const id = await freeTitleId(library, name, fingerprint);
    return { id, partial: await openPartial(library, id, { config: former }) };
  } catch (error) {
    throw namingUnusableLibrary(error, library);
  }
}
