/** How colours are coded, said or assumed. */
import { expect, test } from 'vitest';
import { readColour } from './read-colour.ts';

const colourOf = (pix_fmt: string, more = {}) => readColour({ index: 0, pix_fmt, ...more });

test('what the file says is kept; unknown is empty', () => {
  const said = {
    color_space: 'bt2020nc',
    color_primaries: 'bt2020',
    color_transfer: 'smpte2084',
    color_range: 'tv',
  };
  expect(colourOf('yuv420p10le', said)).toEqual({
    ...{ matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084' },
    ...{ isFullRange: false, isRgb: false, hasAlpha: false, hasOddSides: false },
  });
  expect(colourOf('yuv420p', { color_primaries: 'unknown', color_transfer: 'reserved' })).toMatchObject({
    primaries: '',
    transfer: '',
  });
});

test('a matrix that is not said is that of standard or of high definition', () => {
  expect(colourOf('yuv420p', { width: 720, height: 576 }).matrix).toBe('smpte170m');
  expect(colourOf('yuv420p', { width: 1280, height: 536 }).matrix).toBe('bt709');
  expect(colourOf('yuv420p', { width: 608, height: 1080 }).matrix).toBe('bt709');
});

test('RGB and grey have no matrix and use the full range, unless they say otherwise', () => {
  for (const format of ['rgb24', 'gbrp10le', 'pal8', 'gray', 'ya8', 'monow', 'bgr0'])
    expect(colourOf(format, { color_space: 'gbr' })).toMatchObject({
      matrix: '',
      isRgb: true,
      isFullRange: true,
    });
  expect(colourOf('rgb24', { color_range: 'tv' }).isFullRange).toBe(false);
  expect(colourOf('yuvj422p').isFullRange).toBe(true);
});

test('formats that can be transparent are told from those that cannot', () => {
  const formats = ['yuva444p10le', 'rgba', 'bgra64le', 'pal8', 'gbrap', 'yuv420p', 'rgb24', 'gray', 'gbrp'];
  expect(formats.filter((format) => colourOf(format).hasAlpha)).toEqual(formats.slice(0, 5));
});
