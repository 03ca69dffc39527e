/** The report of a real title: its frames are those that ffprobe sees, and leaning on other pictures is shown to have saved something. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { runTool } from '../tools.ts';

test('frame kinds are those that ffprobe sees', async () => {
  const library = await makeFolder();
  const film = await makeFilm(library, { size: '320x180', seconds: 4, sound: 4 });
  const title = await packageFile(film, { library, signal: NEVER });
  const page = await readFile(join(library, title.id, title.report ?? ''), 'utf8');
  const file = join(library, title.id, title.version, 'video-180.mp4');
  const question = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'frame=pict_type',
    '-of',
    'csv=p=0',
    file,
  ];
  const { stdout } = await runTool(TOOLS.ffprobe, question, { signal: NEVER });
  const seen = stdout.match(/[IPB]/g) ?? [];
  const order = (kind: string): number => seen.filter((each) => each === kind).length;
  const drawn = [...page.matchAll(/<rect class="k([IPB])"/g)].map(([, kind]) => kind);
  expect(seen).toHaveLength(100);
  expect(page).toContain(`I: by itself</th><td>${order('I')}</td>`);
  expect(page).toContain(`P: leans on earlier ones</th><td>${order('P')}</td>`);
  expect(page).toContain(`B: leans on both sides</th><td>${order('B')}</td>`);
  // Once for wide screens, once for narrow ones.
  expect(drawn).toEqual([...seen, ...seen]);
  expect(page).toMatch(/Leaning on other pictures saved \d+\u202f% of the bytes/);
  expect(title.files[title.report ?? '']?.type).toBe('text/html; charset=utf-8');
});

test('sound alone has a report too', async () => {
  const library = await makeFolder();
  const film = await makeFilm(library, { name: 'sound.m4a', sound: 1 });
  const title = await packageFile(film, { library, signal: NEVER });
  expect(await readFile(join(library, title.id, title.report ?? ''), 'utf8')).toContain('Rate over time');
});
