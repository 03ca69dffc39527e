/** Brings any colours to BT.709 limited range by calculation: tagging them as such without would show them wrong. */
import type { Colour, Size } from '../input/input-info.ts';

/** Filters that an ffmpeg needs for conversions of light; without them primaries and HDR stay as they are. */
export const CONVERSION_FILTERS: readonly string[] = ['zscale', 'tonemap'];

/** Whether the picture is meant for HDR screens: PQ or HLG (ITU-R BT.2100). */
export function isHdr(colour: Colour): boolean {
  return colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67';
}

/** Whether colours come out right only by calculating with light, which is what `CONVERSION_FILTERS` do. */
export function needsLight(colour: Colour): boolean {
  return isHdr(colour) || PRIMARIES[colour.primaries] !== undefined;
}

/**
 * Filters that scale to the size and convert, in order; the result is `yuv420p`. What is transparent lies over black.
 * @param canConvertLight whether the ffmpeg has `CONVERSION_FILTERS`
 */
export function toBt709(colour: Colour, size: Size, canConvertLight: boolean): string[] {
  return [...overBlack(colour), ...conversion(colour, size, canConvertLight), 'format=yuv420p', TAGS];
}

function conversion(colour: Colour, size: Size, canConvertLight: boolean): string[] {
  if (isTidy(colour)) return [`scale=${size.width}:${size.height}:flags=bicubic`];
  const matrix = colour.isRgb ? 'gbr' : MATRICES[colour.matrix]?.[1];
  return canConvertLight && matrix
    ? scaleAndConvert(colour, matrix, size)
    : scaleAndApproximate(colour, size);
}

/** Tells the encoder what the frames are now; the input's tags would otherwise travel on. */
const TAGS = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** Whether nothing needs to be converted but the size and the sample format. */
export function isTidy(colour: Colour): boolean {
  return colour.matrix === 'bt709' && !colour.isFullRange && !colour.isRgb && !needsLight(colour);
}

function overBlack({ hasAlpha, isRgb }: Colour): string[] {
  if (!hasAlpha) return [];
  return [...(isRgb ? ['format=gbrap'] : []), 'premultiply=inplace=1'];
}

/**
 * ffmpeg's names of the matrix (ITU-T H.273 §8.3), with those of the scale and the zscale filter. The latter knows how to
 * spell SMPTE 240M but takes it for RGB; constant luminance cannot be calculated without the transfer characteristics.
 */
const MATRICES: Readonly<Record<string, readonly [scale: string, zscale?: string]>> = {
  bt709: ['bt709', '709'],
  smpte170m: ['smpte170m', '170m'],
  bt470bg: ['bt470', '470bg'],
  fcc: ['fcc', 'fcc'],
  smpte240m: ['smpte240m'],
  ycgco: ['bt709', 'ycgco'],
  bt2020nc: ['bt2020', '2020_ncl'],
  bt2020c: ['bt2020', '2020_cl:tin=bt709:t=bt709'],
};

/** Primaries that differ from those of BT.709, with the names of the zscale filter (ITU-T H.273 §8.1). */
const PRIMARIES: Readonly<Record<string, string>> = {
  bt470m: 'bt470m',
  bt470bg: 'bt470bg',
  smpte170m: 'smpte170m',
  smpte240m: 'smpte240m',
  film: 'film',
  bt2020: 'bt2020',
  smpte428: 'smpte428',
  smpte431: 'smpte431',
  smpte432: 'smpte432',
  ebu3213: 'ebu3213',
};

/** Matrix, range and size in one pass; primaries and HDR by way of light. */
function scaleAndConvert(colour: Colour, matrix: string, { width, height }: Size): string[] {
  const from = `w=${width}:h=${height}:f=bicubic:rin=${colour.isFullRange ? 'full' : 'limited'}:min=${matrix}`;
  const planes = planesFor(colour);
  if (isHdr(colour)) return [...planes, ...toneMapped(colour, from)];
  const primaries = PRIMARIES[colour.primaries];
  const light = primaries ? `:tin=bt709:t=bt709:pin=${primaries}:p=bt709` : '';
  return [...planes, `zscale=${from}:m=709:r=limited${light}`];
}

/** What zscale takes: no packed samples, and no half a chroma sample at the edge. */
function planesFor({ isRgb, hasOddSides }: Colour): string[] {
  if (isRgb) return ['format=gbrp|gbrp10|gbrp12|gbrp16'];
  return hasOddSides ? ['format=yuv444p|yuv444p10|yuv444p12|yuv444p16'] : [];
}

/** Exact to one code value, but blind to primaries and HDR. */
function scaleAndApproximate(colour: Colour, { width, height }: Size): string[] {
  const [matrix = 'bt709'] = MATRICES[colour.matrix] ?? [];
  const from = [
    ...(colour.isRgb ? [] : [`in_color_matrix=${matrix}`]),
    `in_range=${colour.isFullRange ? 'pc' : 'tv'}`,
  ];
  const flags = 'bicubic+accurate_rnd+full_chroma_int+full_chroma_inp';
  return [`scale=${width}:${height}:flags=${flags}:${from.join(':')}:out_color_matrix=bt709:out_range=tv`];
}

/** Nits that BT.709 white stands for (ITU-R BT.2408 puts HDR reference white at 203; 100 keeps faces bright). */
const PEAK_NITS = 100;

function toneMapped(colour: Colour, sizeAndSource: string): string[] {
  const primaries = PRIMARIES[colour.primaries] ?? 'bt2020';
  return [
    `zscale=${sizeAndSource}:tin=${colour.transfer}:pin=${primaries}:t=linear:npl=${PEAK_NITS}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=limited',
  ];
}
