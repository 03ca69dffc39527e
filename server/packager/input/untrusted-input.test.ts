/** Inputs that try to reach other files, or to take more than their share: refused in one sentence. */
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { runTool } from '../tools.ts';
import { DEFAULT_INPUT_POLICY, type InputPolicy } from './input-policy.ts';
import { probe } from './probe.ts';

async function sentenceFor(file: string, policy: Partial<InputPolicy> = {}, tools = TOOLS): Promise<string> {
  const asked = probe(file, tools, NEVER, { ...DEFAULT_INPUT_POLICY, ...policy });
  return asked.then(
    () => 'It was taken.',
    (error: Error) => error.message,
  );
}

/** Lists that some demuxer of ffmpeg would follow; `SECRET` stands for the path of another film. */
const LISTS: Readonly<Record<string, string>> = {
  m3u8: '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:0.5,\nSECRET\n#EXT-X-ENDLIST\n',
  ffconcat: "ffconcat version 1.0\nfile 'SECRET'\n",
  mpd: `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S" profiles="x"><Period>
<AdaptationSet mimeType="video/mp2t"><Representation id="1" bandwidth="1"><BaseURL>SECRET</BaseURL></Representation>
</AdaptationSet></Period></MPD>`,
  xspf: '<?xml version="1.0"?><playlist version="1"><track><location>SECRET</location></track></playlist>',
  pls: '[playlist]\nFile1=SECRET\n',
  idx: '# VobSub index file, v7 (do not modify this line!)\nid: en, index: 0\ntimestamp: 00:00:00:000, filepos: 0\n',
  sdp: 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n',
  ism: '<?xml version="1.0"?><SmoothStreamingMedia MajorVersion="2"/>',
};

test.each(Object.entries(LISTS))('a list of the form %s, whatever it is called', async (form, list) => {
  const folder = await makeFolder();
  const secret = await makeFilm(folder, { name: 'secret.ts', size: '64x36', seconds: 0.5 });
  for (const name of ['list.mp4', `list.${form}`]) {
    await writeFile(join(folder, name), list.replace('SECRET', secret));
    const sentence = `${name} is a list of other files, not a film: give the film itself.`;
    expect(await sentenceFor(join(folder, name))).toBe(sentence);
  }
});

test('metadata alone, and a name that stands for many pictures', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'data.mp4'), ';FFMETADATA1\ntitle=x\n');
  expect(await sentenceFor(join(folder, 'data.mp4'))).toBe(
    'data.mp4 is of format "ffmetadata", which is not accepted.',
  );
  for (const name of ['picture-1.png', 'picture-%d.png']) {
    const args = ['-f', 'lavfi', '-i', 'color=s=64x36', '-frames:v', '1', '-update', '1', '-f', 'image2'];
    await runTool(TOOLS.ffmpeg, ['-v', 'error', ...args, `file:${join(folder, name)}`], { signal: NEVER });
  }
  expect(await sentenceFor(join(folder, 'picture-%d.png'))).toBe('picture-%d.png is a picture, not a film.');
});

/** The alias by which QuickTime finds media in another file: a path of one folder, on a volume called `disk`. */
function aliasOf(name: string): Buffer {
  const path = `disk:${name}`;
  const even = path.padEnd(path.length + (path.length % 2), '\0');
  const numbers = (...values: number[]): Buffer =>
    Buffer.concat(values.map((value) => Buffer.from([(value >> 8) & 255, value & 255])));
  const counted = (text: string, room: number): Buffer => {
    const padded = Buffer.alloc(room + 1);
    padded[0] = text.length;
    padded.write(text, 1);
    return padded;
  };
  const content = [
    ...[Buffer.alloc(14), counted('disk', 27), Buffer.alloc(12), counted(name, 63), Buffer.alloc(16)],
    ...[numbers(1, 1), Buffer.alloc(16), numbers(2, even.length), Buffer.from(even), numbers(-1, 0)],
  ];
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + Buffer.concat(content).byteLength);
  header.write('alis', 4);
  return Buffer.concat([header, ...content]);
}

/** The index of a film without its media, which are to be read from the film itself. */
function stealing(film: Buffer, name: string): Buffer {
  const reference = film.indexOf('url ', film.indexOf('dref')) - 4;
  const alias = aliasOf(name);
  const size = film.readUInt32BE(reference);
  const before = film.subarray(film.indexOf('moov') - 4, reference);
  const moov = Buffer.concat([before, alias, film.subarray(reference + size)]);
  for (const box of ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref']) {
    const start = moov.indexOf(box) - 4;
    moov.writeUInt32BE(moov.readUInt32BE(start) + alias.byteLength - size, start);
  }
  return Buffer.concat([film.subarray(0, film.readUInt32BE(0)), moov]);
}

test('a film that names another file for its media does not get it', async () => {
  const folder = await makeFolder();
  const secret = await readFile(await makeFilm(folder, { name: 'secret.mp4', size: '64x36', seconds: 0.5 }));
  const thief = join(folder, 'thief.mp4');
  await writeFile(thief, stealing(secret, 'secret.mp4'));
  const decode = (...options: string[]) =>
    runTool(TOOLS.ffmpeg, ['-v', 'error', ...options, '-i', thief, '-f', 'framecrc', '-'], { signal: NEVER });
  expect((await decode('-enable_drefs', '1')).stdout).toContain('0,');
  expect(await sentenceFor(thief)).toMatch(
    /^thief\.mp4 cannot be packaged: its video \(stream 0\) is damaged/,
  );
});

test('nothing is longer, larger or of more streams than allowed', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '64x36', seconds: 2, sound: 2 });
  expect(await sentenceFor(film, { longest: 1 })).toBe(
    'film.mp4 lasts 0 h and may last 0 h (--max-hours allows more).',
  );
  const larger = 'film.mp4 has a picture of 64×36, larger than anything a browser shows.';
  expect(await sentenceFor(film, { longestSide: 63 })).toBe(larger);
  expect(await sentenceFor(film, { largestPicture: 2303 })).toBe(larger);
  expect(await sentenceFor(film, { mostStreams: 1 })).toBe('film.mp4 has 2 streams and may have 1.');
  expect(await sentenceFor(film)).toBe('It was taken.');
});

test('a file that keeps ffprobe busy is given up', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '64x36' });
  const ffprobe = join(folder, 'ffprobe');
  await writeFile(ffprobe, '#!/bin/sh\nexec sleep 600\n');
  await chmod(ffprobe, 0o755);
  expect(await sentenceFor(film, { probeTime: 0.1 }, { ...TOOLS, ffprobe })).toBe(
    'film.mp4 is damaged or misleading: after 0.1 s it still cannot be told what it is.',
  );
});

const PACKAGER = join(import.meta.dirname, '..');

test('every tool that reads an input does so behind the guard', async () => {
  const sources = (await readdir(PACKAGER, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !/test/.test(name) && name !== 'sample-film.ts',
  );
  const reading = [];
  for (const name of sources) {
    const text = await readFile(join(PACKAGER, name), 'utf8');
    // Pictures that ffmpeg makes by itself come from nowhere.
    if (!/'-i'/.test(text.replaceAll("'-f', 'lavfi', '-i'", ''))) continue;
    reading.push(name);
    expect(text, name).toMatch(/INPUT_GUARD|guardFor\(|input\.options|PIPED_INPUT|inputItself\(|partInput\(/);
  }
  expect(reading).toContain(join('input', 'ask-ffprobe.ts'));
  expect(reading.length).toBeGreaterThan(3);
});
