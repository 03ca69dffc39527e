/** A short film with everything around it: two languages, captions, chapters. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool, toolsFrom } from '../server/packager/tools.ts';

export const RICH_FILM = { seconds: 7, captionStart: 2, caption: 'Guten Tag' };

const CAPTIONS = {
  en: '1\n00:00:02,000 --> 00:00:04,000\nHello\n',
  de: `1\n00:00:02,000 --> 00:00:04,000\n${RICH_FILM.caption}\n`,
};

const CHAPTERS = [';FFMETADATA1', ...chapter('One', 0, 3000), ...chapter('Two', 3000, 7000), ''].join('\n');

function chapter(title: string, startMs: number, endMs: number): string[] {
  return ['[CHAPTER]', 'TIMEBASE=1/1000', `START=${startMs}`, `END=${endMs}`, `title=${title}`];
}

/** Writes it into `folder` and gives its path. @throws ToolError when ffmpeg fails; the signal's reason when aborted. */
export async function makeRichFilm(folder: string, signal: AbortSignal): Promise<string> {
  const path = join(folder, 'rich.mkv');
  const [en, de, chapters] = [join(folder, 'en.srt'), join(folder, 'de.srt'), join(folder, 'chapters.txt')];
  await writeFile(en, CAPTIONS.en);
  await writeFile(de, CAPTIONS.de);
  await writeFile(chapters, CHAPTERS);
  const { seconds } = RICH_FILM;
  const generated = [
    `testsrc2=size=640x360:rate=10:duration=${seconds}`,
    `sine=frequency=330:sample_rate=48000:duration=${seconds}`,
    `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
  ];
  const args = [
    ...['-nostdin', '-v', 'error', '-y', ...generated.flatMap((source) => ['-f', 'lavfi', '-i', source])],
    ...['-i', en, '-i', de, '-i', chapters, ...[0, 1, 2, 3, 4].flatMap((input) => ['-map', `${input}`])],
    ...['-map_metadata', '5', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-c:s', 'srt', '-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger'],
    ...['-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=ger', path],
  ];
  await runTool(toolsFrom(process.env).ffmpeg, args, { signal });
  return path;
}
