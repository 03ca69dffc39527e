/** What is to come out of each file of the corpus: films of all kinds that people have, and damaged ones. */
import type { PackagingErrorCode } from '../packaging-error.ts';

export type ExpectedOutcome = ExpectedTitle | ExpectedRefusal;

export interface ExpectedTitle {
  /** Inside the corpus. */
  readonly file: string;
  /** Seconds. */
  readonly duration: number;
  /** Largest picture, as `1280x720@24`, the rate rounded to hundredths; absent for sound alone. */
  readonly top?: string;
  /** Fewest rungs of different sizes. */
  readonly rungs?: number;
  /** Language and channels of each set of sound, as `en 2`; `? 2` where the language is unknown. */
  readonly audio?: readonly string[];
  /** Languages of captions. */
  readonly captions?: readonly string[];
  /** One for each sentence that is told, in order. */
  readonly notices?: readonly RegExp[];
}

export interface ExpectedRefusal {
  readonly file: string;
  readonly code: PackagingErrorCode;
  readonly message: RegExp;
}

const FILMS: readonly ExpectedOutcome[] = [
  { file: 'films/bbb_720p24_120s_stereo.mp4', duration: 120.1, top: '1280x720@24', rungs: 3, audio: ['? 2'] },
  {
    file: 'films/car-detection_432p_30s.mp4',
    duration: 30.2,
    top: '768x432@12.5',
    rungs: 3,
    audio: ['en 2'],
  },
  { file: 'films/chaplin_360p25_9s.mp4', duration: 9.6, top: '640x360@25', rungs: 2, audio: ['? 2'] },
  { file: 'films/chrome-clay_270p29.97_30s.mp4', duration: 30, top: '480x270@29.97', audio: ['? 2'] },
  { file: 'films/flower_540p29.97_5s.mp4', duration: 5, top: '960x540@29.97', rungs: 4, audio: ['? 2'] },
  { file: 'films/friday_480p_6s.mp4', duration: 6.2, top: '640x480@30', rungs: 3, audio: ['? 2'] },
  { file: 'films/one-by-one-person_432p10_139s.mp4', duration: 139.4, top: '768x432@10' },
  { file: 'films/tears_of_steel_battle_70s_800x332.webm', duration: 70.5, top: '792x330@24', audio: ['? 2'] },
];

const ODD: readonly ExpectedOutcome[] = [
  { file: 'odd/ac3.mp4', duration: 2, audio: ['? 2', '? 6'] },
  {
    file: 'odd/annex-b.mp4',
    code: 'input-truncated',
    message: /is cut off and ends at 0\.5 s of 35\.2 s \(--accept-damage/,
  },
  { file: 'odd/bbb_1080p60_2s_51.mp4', duration: 2, top: '1920x1080@60', rungs: 4, audio: ['? 2', '? 6'] },
  { file: 'odd/bbb_176x144_128kbps_15fps_h263.3gp', duration: 1, top: '176x144@15' },
  { file: 'odd/bbb_2500ms.ts', duration: 2.5, top: '1920x1080@24', rungs: 4, audio: ['? 2'] },
  { file: 'odd/bbb_360p.flv', duration: 10.1, top: '640x360@25', rungs: 2, audio: ['? 2'] },
  {
    file: 'odd/bbb_800x640_768kbps_30fps_avc_2b_firstpts_10_sec.mp4',
    duration: 4,
    top: '1120x630@30',
    rungs: 3,
  },
  { file: 'odd/bbb_800x640_768kbps_30fps_vp9.mp4', duration: 4, top: '1120x630@30', rungs: 3 },
  { file: 'odd/bear-vp9-odd-dimensions.webm', duration: 1, top: '160x120@29.97' },
  { file: 'odd/carphone_qcif.mp4', duration: 4, top: '192x144@29.97' },
  { file: 'odd/derived_0.2s.mp4', duration: 0.2, top: '792x330@24', rungs: 3 },
  { file: 'odd/derived_audio_only.mp3', duration: 10, audio: ['? 2'] },
  {
    file: 'odd/derived_interlaced_576i_tff_sar64-45.ts',
    duration: 4,
    top: '1024x576@25',
    rungs: 4,
    audio: ['? 2'],
  },
  { file: 'odd/derived_prores_1s.mov', duration: 1, top: '792x330@24', rungs: 3, audio: ['? 2'] },
  { file: 'odd/derived_still.jpg', code: 'input-unreadable', message: /is a picture, not a film\.$/ },
  {
    ...{ file: 'odd/derived_two_audio_langs_srt.mkv', duration: 8.2, top: '1280x720@24', rungs: 3 },
    ...{ audio: ['en 2', 'de 1'], captions: ['en', 'de'] },
  },
  { file: 'odd/derived_vfr_mixed.mkv', duration: 6, top: '792x330@24', rungs: 3, audio: ['? 2'] },
  { file: 'odd/edts.mp4', duration: 9, top: '832x468@25', rungs: 3, audio: ['en 2'] },
  { file: 'odd/frames.webm', duration: 3.3, top: '1080x1080@30', rungs: 3 },
  { file: 'odd/hdr10-av1.mp4', duration: 4.2, top: '720x1280@29.97', rungs: 3, audio: ['en 2'] },
  { file: 'odd/long_1080p_lowbitrate.mp4', duration: 362.8, top: '1920x1080@30', audio: ['? 2'] },
  {
    file: 'odd/multiple-aac-tracks.mp4',
    duration: 5,
    audio: ['? 2', '? 6'],
    notices: [/stream 1 was left out/],
  },
  { file: 'odd/nodur-vp9-opus.webm', duration: 4.9, top: '1280x720@14.99', rungs: 3, audio: ['en 2'] },
  { file: 'odd/one_pixel_5s.mp4', duration: 5, top: '2x2@1' },
  { file: 'odd/rotate-buck-bunny.mp4', duration: 2, top: '1080x1920@24', rungs: 4, audio: ['en 2', 'en 6'] },
  { file: 'odd/sample.avi', duration: 4.1, top: '960x400@23.98', rungs: 3, audio: ['? 2'] },
  { file: 'odd/sample.flv', duration: 1.1, top: '1080x720@30', rungs: 3, audio: ['? 1'] },
  { file: 'odd/sample_12_5fps_720p_1s.mp4', duration: 1, top: '1280x720@12.5', rungs: 3, audio: ['en 2'] },
  { file: 'odd/sample_audio_only_15s.mp4', duration: 15, audio: ['? 2'] },
  { file: 'odd/sample_empty_track.mp4', duration: 1.1, top: '1080x720@29.97', rungs: 3, audio: ['? 1'] },
  {
    file: 'odd/sample_malformed_free_box.mp4',
    code: 'input-unreadable',
    message: /its index \(moov\) is missing\.$/,
  },
  {
    ...{
      file: 'odd/sample_mdat_too_long.mp4',
      duration: 1.1,
      top: '1080x720@29.97',
      rungs: 3,
      audio: ['? 1'],
    },
    notices: [/^The file is 8 bytes shorter than it says/],
  },
  { file: 'odd/sample_opus.mp4', duration: 1, audio: ['? 2'] },
  {
    file: 'odd/sample_partially_fragmented.mp4',
    duration: 1.2,
    top: '1080x720@29.97',
    rungs: 3,
    audio: ['? 1'],
  },
  { file: 'odd/sample_portrait.mp4', duration: 1.1, top: '720x1080@29.97', rungs: 3, audio: ['? 1'] },
  { file: 'odd/sample_video_only.mp4', duration: 1, top: '1080x720@29.97', rungs: 3 },
  { file: 'odd/sample_with_chapters.mkv', duration: 5, top: '320x240@30', audio: ['? 1'] },
  {
    ...{
      file: 'odd/sample_with_increasing_timestamps_360p.mp4',
      duration: 17.1,
      top: '640x360@30',
      rungs: 2,
    },
    audio: ['en 2'],
  },
  {
    ...{ file: 'odd/sample_with_srt.mkv', duration: 1.1, top: '1080x720@30', rungs: 3, audio: ['? 1'] },
    captions: ['en'],
  },
  {
    ...{ file: 'odd/sample_with_vobsub.mkv', duration: 1, top: '1080x720@59.94', rungs: 3, audio: ['? 1'] },
    notices: [/^Its subtitles in stream 2 \(en\) are pictures/],
  },
  { file: 'odd/sar_2x1.mp4', duration: 5, top: '1280x360@30', rungs: 4 },
  { file: 'odd/tiny.webm', code: 'nothing-to-play', message: /it is a single picture, not a film\.$/ },
  { file: 'odd/video-h265.mp4', duration: 10, top: '1920x1080@30', rungs: 4, audio: ['? 2'] },
  { file: 'odd/video_with_failing_audio.mp4', duration: 11.2, top: '640x360@25', rungs: 2, audio: ['? 2'] },
];

const SEGMENT =
  /is one segment of a presentation, not a film: it cannot be read without its initialization\.$/;
const BROKEN_INDEX = /is a damaged MP4 file: its index \(moov\) cannot be read\.$/;

const MALFORMED: readonly ExpectedOutcome[] = [
  { file: 'odd/malformed/empty.mp4', code: 'input-unreadable', message: /^empty\.mp4 is empty\.$/ },
  {
    file: 'odd/malformed/init_no_moov.mp4',
    code: 'nothing-to-play',
    message: /its video \(stream 0\) is damaged: none of its h264 data can be decoded\.$/,
  },
  { file: 'odd/malformed/init_stsd_count_huge.mp4', code: 'input-unreadable', message: BROKEN_INDEX },
  { file: 'odd/malformed/mp4parse_chunk_out_of_range.mp4', code: 'input-unreadable', message: BROKEN_INDEX },
  { file: 'odd/malformed/mp4parse_minimal.mp4', duration: 0, top: '320x240@25', audio: ['? 1'] },
  {
    file: 'odd/malformed/mp4parse_test_case_1185230.mp4',
    code: 'nothing-to-play',
    message: /its video \(stream 0\) is damaged: .*; its sound \(stream 1\) is damaged: /,
  },
  {
    file: 'odd/malformed/mp4parse_zero_empty_stsc.mp4',
    code: 'nothing-to-play',
    message: /its video \(stream 0\) is damaged: none of its h264 data can be decoded\.$/,
  },
  {
    ...{
      file: 'odd/malformed/scrambled_mdat.mp4',
      duration: 3.1,
      top: '1280x720@24',
      rungs: 3,
      audio: ['? 2'],
    },
    notices: [/^One place of the picture \(stream 0\) is damaged, at 0:00/, /^One place of the sound/],
  },
  {
    file: 'odd/malformed/seg_garbage_prefix.m4s',
    code: 'input-unreadable',
    message: /is no video or audio file that can be read\.$/,
  },
  { file: 'odd/malformed/seg_moof_size_0.m4s', code: 'input-unreadable', message: SEGMENT },
  { file: 'odd/malformed/seg_moof_size_4.m4s', code: 'input-unreadable', message: SEGMENT },
  { file: 'odd/malformed/seg_traf_size_huge.m4s', code: 'input-unreadable', message: SEGMENT },
  { file: 'odd/malformed/seg_truncated_mdat.m4s', code: 'input-unreadable', message: SEGMENT },
  {
    file: 'odd/malformed/truncated_faststart_half.mp4',
    code: 'input-truncated',
    message: /is cut off and ends at 1\.8 s of 3\.1 s \(--accept-damage packages what plays\)\.$/,
  },
  {
    file: 'odd/malformed/truncated_moov_at_end.mp4',
    code: 'input-unreadable',
    message: /is cut off or was never finished: its index \(moov\) is missing\.$/,
  },
];

/** Every file of the corpus. */
export const EXPECTED_OUTCOMES: readonly ExpectedOutcome[] = [...FILMS, ...ODD, ...MALFORMED];
