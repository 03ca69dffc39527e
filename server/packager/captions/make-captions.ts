/** Makes the text sets of a title: one WebVTT file for each of the input's subtitles and each file that was given. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubtitleStream } from '../input/input-info.ts';
import type { TextSet } from '../made-presentation.ts';
import type { OutputContext } from '../output-context.ts';
import type { CaptionsFile } from './captions-file.ts';
import type { Cue } from './cue.ts';
import { extractCaptions } from './embedded-captions.ts';
import { type Captions, nameSets } from './name-sets.ts';
import { tidyCues } from './tidy-cues.ts';
import { writeVtt } from './write-vtt.ts';

const FOLDER = 'captions';

/**
 * RFC 8216 §3.5 asks for this line, so that HLS players know where 0 is: at the media's 0. Others pass over it, as over all
 * that stands in the header (WebVTT §6.1, step 11).
 */
const TIMESTAMP_MAP = 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0';

/** What was given comes first, and takes the place of plain subtitles of the same language in the input. */
export async function makeCaptions(
  context: OutputContext,
  given: readonly CaptionsFile[],
): Promise<TextSet[]> {
  const embedded = await extractCaptions(context.input, context);
  const languages = new Set(given.map(({ lang }) => lang));
  const replaced = embedded.filter(({ stream }) => languages.has(stream.lang) && isPlain(stream));
  for (const { stream } of replaced) {
    context.onNotice(
      `The subtitles "${stream.lang}" in ${context.input.name} give way to the file for "${stream.lang}".`,
    );
  }
  const wanted: Captions[] = [
    ...given.map(({ lang, name, cues }) => ({
      lang,
      role: 'subtitle' as const,
      isForced: false,
      cues,
      origin: name,
    })),
    ...embedded
      .filter((each) => !replaced.includes(each))
      .map(({ stream, cues }) => ({
        ...purposeOf(stream),
        cues,
        origin: `Stream ${stream.index} of ${context.input.name}`,
      })),
  ];
  const tidy = wanted.map((captions) => ({ ...captions, cues: tidied(captions, context) }));
  const shown = tidy.filter(({ cues }) => cues.length > 0);
  if (shown.length > 0) await mkdir(join(context.directory, FOLDER));
  return Promise.all(
    nameSets(shown).map(async ({ name, cues, ...set }) => {
      const file = `${FOLDER}/${name}.vtt`;
      const text = writeVtt(cues, TIMESTAMP_MAP);
      await writeFile(join(context.directory, file), text);
      return { ...set, id: `text-${name}`, file, bytes: Buffer.byteLength(text) };
    }),
  );
}

function isPlain({ dispositions }: SubtitleStream): boolean {
  return !dispositions.includes('forced') && !dispositions.includes('hearing_impaired');
}

function purposeOf({ lang, title, dispositions }: SubtitleStream): Omit<Captions, 'cues' | 'origin'> {
  return {
    lang,
    ...(title ? { title } : {}),
    role: dispositions.includes('hearing_impaired') ? 'caption' : 'subtitle',
    isForced: dispositions.includes('forced'),
  };
}

/** Says what is left out. */
function tidied({ cues, origin }: Captions, { media, onNotice }: OutputContext): Cue[] {
  const tidy = tidyCues(cues, media.duration);
  const late = cues.filter(({ start }) => start >= media.duration).length;
  if (tidy.length === 0) onNotice(`${origin} has no captions that fall into the film: left out.`);
  else if (late > 0)
    onNotice(
      `${origin}: ${late} of ${cues.length} captions begin after the end of the film and are left out.`,
    );
  return tidy;
}
