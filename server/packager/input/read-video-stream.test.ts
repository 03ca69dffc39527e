/** Reading the picture out of ffprobe's answer: which stream counts, and how it looks. */
import { expect, test } from 'vitest';
import type { ProbedStream } from './probe-report.ts';
import { findPictures, readVideoStream } from './read-video-stream.ts';

const video = (changes: Partial<ProbedStream> = {}): ProbedStream => ({
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 720,
  height: 576,
  ...changes,
});

const pictureOf = (stream: ProbedStream) => readVideoStream(stream, { streams: [stream] });

test('cover pictures and tracks without a size are passed over; the default one comes first', () => {
  const streams = [
    video({ disposition: { attached_pic: 1 } }),
    video({ index: 1, width: 0 }),
    video({ index: 2 }),
    video({ index: 3, disposition: { default: 1 } }),
    { index: 4, codec_type: 'audio' },
  ];
  expect(findPictures({ streams }).map(({ index }) => index)).toEqual([3, 2]);
  expect(findPictures({})).toEqual([]);
});

test('samples become square pixels without losing any, and a turned picture stands upright', () => {
  const wide = pictureOf(video({ sample_aspect_ratio: '64:45' }));
  expect(wide).toMatchObject({ display: { width: 1024, height: 576 }, isSquare: false });
  const tall = pictureOf(video({ sample_aspect_ratio: '1:2' }));
  expect(tall.display).toEqual({ width: 720, height: 1152 });
  const turned = pictureOf(video({ side_data_list: [{ rotation: -90 }] }));
  expect(turned.display).toEqual({ width: 576, height: 720 });
  expect(pictureOf(video({ tags: { rotate: '180' } })).display).toEqual({ width: 720, height: 576 });
});

test('a shape that no picture has is taken for a mistake', () => {
  expect(pictureOf(video({ sample_aspect_ratio: '1:80' })).display).toEqual({ width: 720, height: 576 });
});

test('interlacing is told by the order of fields', () => {
  const orders = ['tt', 'bb', 'tb', 'bt', 'progressive', 'unknown'];
  expect(orders.map((field_order) => pictureOf(video({ field_order })).isInterlaced)).toEqual([
    ...[true, true, true, true],
    ...[false, false],
  ]);
});
