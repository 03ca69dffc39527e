/** Every kind of fault that a verification has to find: what is done to a good title, and how the finding reads. */
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  changeFirstSlice,
  type Damage,
  denySync,
  dropLastSegment,
  inFile,
  inIndex,
  inMedia,
  inMpd,
  insertEditList,
  inTitle,
  joinFirstSegments,
  LOWEST,
  mediaOf,
  removeMedia,
  removePlaylist,
  removeSegment,
  SOUND,
  shiftDecodeTime,
  swapSegmentFiles,
  swapSegments,
  withReference,
} from './damage-for-tests.ts';
import type { Check } from './verdict.ts';

/** What is done, which check finds it, words that its sentence must have, and whether all media must be read for that. */
export type FaultCase = readonly [
  name: string,
  damage: () => Damage,
  check: Check,
  words: RegExp,
  depth?: 'full',
];

/** Of the film of 320×180 that is damaged. */
export const TOP = 'video-180';

/** In a title with a file for each representation. */
export const FAULTS: readonly FaultCase[] = [
  [
    'a decode time shifted',
    () => shiftDecodeTime(TOP, 2, 900),
    'times',
    /segment 2.*said to start at 4 s, its boxes start at 4\.01 s, 900 ticks more/,
  ],
  [
    'a size in the segment index wrong',
    () =>
      inIndex(
        LOWEST,
        ([first, second, ...rest]) =>
          [
            { ...first, size: (first?.size ?? 0) + 8 },
            { ...second, size: (second?.size ?? 0) - 8 },
            ...rest,
          ] as never,
      ),
    'boxes',
    /segment 1/,
  ],
  [
    'a duration in the segment index wrong',
    () => inIndex(TOP, ([first, ...rest]) => [{ ...first, durationTicks: 359_100 }, ...rest] as never),
    'times',
    /segment 1.*said to last 3\.99 s, its samples last 4 s/,
  ],
  [
    'the codecs string wrong',
    () => inMpd(/codecs="avc1\.\w+"/, 'codecs="avc1.640028"'),
    'format',
    /@codecs is "avc1\.640028", its sample entry is "avc1/,
  ],
  [
    'a bandwidth too low',
    () => inMpd(/bandwidth="\d+\d"/, 'bandwidth="9000"'),
    'rate',
    /with [\d.]+ s buffered first it needs \d+/,
  ],
  ['a file missing', () => removeMedia(LOWEST), 'files', /There is no file/],
  [
    'two segments swapped',
    () => swapSegments(TOP),
    'times',
    /segment 1.*said to start at 0 s, its boxes start at 4 s/,
  ],
  ['the last segment dropped', () => dropLastSegment(LOWEST), 'ends', /It ends \d+ ms before its period/],
  ['an edit list put back', () => insertEditList(SOUND, 1024), 'boxes', /edit list \(elst\) skips 0\.0213 s/],
  [
    'one rung cut elsewhere',
    () => joinFirstSegments(LOWEST),
    'align',
    /It has \d segments, "video-180" has|It starts at/,
  ],
  [
    'a digest wrong',
    () =>
      inTitle((title) => ({
        ...title,
        files: Object.fromEntries(
          Object.entries(title.files).map(([name, file]) => [name, { ...file, sha256: 'f'.repeat(64) }]),
        ),
      })),
    'digests',
    /title\.json says ffffffff/,
  ],
  [
    'the presentation time offset a frame too large',
    () => inMpd('presentationTimeOffset="1024"', 'presentationTimeOffset="2048"'),
    'times',
    /leaves 0\.021333 s out, those who play the MPD 0\.042667 s/,
  ],
  [
    'the presentation time offset a frame too small',
    () => inMpd('presentationTimeOffset="1024"', ''),
    'times',
    /skips 0 ms, but AAC begins with a frame/,
  ],
  [
    'a height wrong',
    () => inMpd('height="180"', 'height="182"'),
    'format',
    /@height is 182, its pictures are 320×180/,
  ],
  [
    'a frame rate wrong',
    () => inMpd(' frameRate="25"', ' frameRate="24"'),
    'format',
    /@frameRate is 24, it has 25\.000 frames a second/,
  ],
  [
    'a sample shape wrong',
    () => inMpd('sar="1:1"', 'sar="4:3"'),
    'format',
    /@sar is 4:3, its samples are 1:1/,
  ],
  [
    'a sampling rate wrong',
    () => inMpd('audioSamplingRate="48000"', 'audioSamplingRate="44100"'),
    'format',
    /@audioSamplingRate is 44100/,
  ],
  [
    'a number of channels wrong',
    () => inMpd(/(channel_configuration:2011" value=")\d/, '$16'),
    'format',
    /says 6 channels, its sample entry \d/,
  ],
  [
    'the duration wrong',
    () => inMpd('mediaPresentationDuration="PT10S"', 'mediaPresentationDuration="PT11S"'),
    'ends',
    /ends 1000 ms before its period/,
  ],
  [
    'the longest segment longer than claimed',
    () => inMpd(/maxSubsegmentDuration="PT[\d.]+S"/, 'maxSubsegmentDuration="PT3S"'),
    'times',
    /@maxSubsegmentDuration is 3 s/,
  ],
  [
    'a segment that needs the one before',
    () => denySync(TOP, 2),
    'sync',
    /segment 2.*does not begin with a sync sample/,
  ],
  [
    'a segment whose first picture is no IDR picture',
    () => changeFirstSlice(TOP, 2),
    'sync',
    /segment 2.*is called a sync sample, but is no IDR picture/,
    'full',
  ],
  [
    'a segment index of another track',
    () => inMedia(TOP, (bytes) => withReference(bytes, 7)),
    'boxes',
    /Its segment index is about track 7, its media are track 1/,
  ],
  [
    'an index range one byte off',
    () => inMpd(/indexRange="(\d+)-(\d)/, 'indexRange="$1-1$2'),
    'files',
    /@indexRange is \d+-1\d+, but the segment index takes bytes \d+-\d+/,
  ],
  [
    'bytes behind the last segment',
    () =>
      inMedia(LOWEST, (bytes) =>
        Buffer.concat([bytes, new Uint8Array([0, 0, 0, 8, 0x66, 0x72, 0x65, 0x65])]),
      ),
    'files',
    /The segment index covers \d+ of the file's \d+ bytes/,
  ],
  [
    'a file that nobody lists',
    () => (copy) => writeFile(join(copy, 'stray.txt'), 'x'),
    'files',
    /stray\.txt: It lies in the folder/,
  ],
  [
    'a file that grew',
    () => async (copy) => appendFile(join(copy, await mediaOf(copy, SOUND)), 'x'),
    'files',
    /title\.json says \d+ bytes, it has/,
  ],
  [
    'an id used twice',
    () => inMpd(/Representation id="audio[^"]*"/, 'Representation id="video-180"'),
    'files',
    /has the id "video-180", which is taken/,
  ],
  ['an MPD that is none', () => inMpd('<MPD', '<MDP'), 'files', /manifest\.mpd/],
];

/** In a title with a file for each segment, with captions and playlists. */
export const FAULTS_IN_FILES: readonly FaultCase[] = [
  [
    'a duration in the timeline wrong',
    () => inMpd(/(<S t="0" d=")360000/, '$1363600'),
    'times',
    /segment 1.*said to last 4\.04 s, its samples last 4 s, 3600 ticks less/,
  ],
  [
    'a digest of a segment wrong',
    () => inFile(/digests\.json$/, (text) => text.replace(/"[0-9a-f]{64}"\]\]/, `"${'e'.repeat(64)}"]]`)),
    'digests',
    /segment \d, byte 0 of .*: Its SHA-256 begins with .*, digests\.json says eeeeeeee/,
  ],
  [
    'a size among the digests wrong',
    () => inFile(/digests\.json$/, (text) => text.replace(/"head":\[\d+/, '"head":[7')),
    'digests',
    /digests\.json says 7 bytes, it has \d+/,
  ],
  ['a segment missing', () => removeSegment(LOWEST, 2), 'files', /segment 2: There is no file/],
  [
    'two segment files swapped',
    () => swapSegmentFiles(TOP),
    'times',
    /segment 1.*said to start at 0 s, its boxes start at 4 s/,
  ],
  [
    'a segment too few in the timeline',
    () => inMpd(/<S d="\d+"\/>\s*/, ''),
    'ends',
    /ends \d+ ms before its period/,
  ],
  [
    'a segment too many in the timeline',
    () => inMpd(/(<S d="\d+")/, '$1 r="3"'),
    'times',
    /Its timeline lists \d segments, of which \d lie inside the period/,
  ],
  [
    'captions without times',
    () => inFile(/captions\/de\.vtt$/, (text) => text.replace('00:01.000', '0:1')),
    'format',
    /Line \d+ holds no times of a cue/,
  ],
  [
    'captions that are none',
    () => inFile(/captions\/de\.vtt$/, (text) => text.replace('WEBVTT', 'SRT')),
    'format',
    /It does not begin with WEBVTT/,
  ],
  [
    'a playlist that names another file',
    () => inFile(/video-180\.m3u8$/, (text) => text.replace('/2.m4s', '/9.m4s')),
    'files',
    /video-180\.m3u8: It names ".*9\.m4s", which is not there/,
  ],
  [
    'a playlist with a duration wrong',
    () => inFile(/video-180\.m3u8$/, (text) => text.replace('#EXTINF:4', '#EXTINF:5')),
    'times',
    /EXTINF of segment 1 is 5/,
  ],
  [
    'a playlist without end',
    () => inFile(/\/audio.*\.m3u8$/, (text) => text.replace('#EXT-X-ENDLIST', '')),
    'times',
    /It has no end/,
  ],
  [
    'a playlist with half of the segments',
    () => inFile(/\/audio.*\.m3u8$/, (text) => text.replace(/#EXTINF[^#]*#EXT-X-END/, '#EXT-X-END')),
    'files',
    /It lists \d segments, the MPD \d/,
  ],
  [
    'a variant too cheap',
    () => inFile(/^master\.m3u8$/, (text) => text.replace(/(:|,)BANDWIDTH=\d+/, '$1BANDWIDTH=5')),
    'format',
    /claims a BANDWIDTH of 5, its peak is/,
  ],
  [
    'a variant of another size',
    () => inFile(/^master\.m3u8$/, (text) => text.replace('RESOLUTION=320x180', 'RESOLUTION=640x360')),
    'format',
    /claims 640x360, its pictures are 320x180/,
  ],
  [
    'a variant whose sound is not named',
    () => inFile(/^master\.m3u8$/, (text) => text.replaceAll(',mp4a.40.2', '')),
    'format',
    /has "mp4a\.40\.2", which its CODECS do not name/,
  ],
  [
    'a key picture that is cut short',
    () => inFile(/video-180-key\.m3u8$/, (text) => text.replace(/BYTERANGE:\d+@/, 'BYTERANGE:99@')),
    'files',
    /has the first picture of segment 1 elsewhere than the boxes/,
  ],
  [
    'key pictures that are missing',
    () => removePlaylist('video-180-key'),
    'files',
    /It names ".*video-180-key\.m3u8", which is not there/,
  ],
  [
    'a playlist that is missing',
    () => removePlaylist(SOUND),
    'files',
    /It names ".*audio.*\.m3u8", which is not there/,
  ],
];
