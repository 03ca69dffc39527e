/** Brings any colours to BT.709 limited range by calculation: tagging them as such without would show them wrong. */
import type { Colour, Size } from './input-info.ts';

/** Whether the picture is meant for HDR screens: PQ or HLG (ITU-R BT.2100). */
export function isHdr(colour: Colour): boolean {
  return colour.transfer === 'smpte2084' || colour.transfer === 'arib-std-b67';
}

/** Filters that scale to the size and convert, in order. HDR that cannot be tone-mapped comes out pale. */
export function toBt709(colour: Colour, size: Size, canToneMap: boolean): string[] {
  const converted = isHdr(colour) && canToneMap ? toneMapped(colour, size) : [scaleAndConvert(colour, size)];
  return [...converted, 'format=yuv420p', TAGS];
}

/** Tells the encoder what the frames are now; the input's tags would otherwise travel on. */
const TAGS = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** Matrix and range in the same pass as the size. */
function scaleAndConvert(colour: Colour, size: Size): string {
  const matrix = inputMatrix(colour, size);
  const conversion = [
    ...(colour.isRgb || matrix !== 'bt709' ? ['out_color_matrix=bt709'] : []),
    ...(!colour.isRgb && matrix !== 'bt709' ? [`in_color_matrix=${matrix}`] : []),
    ...(colour.isFullRange || colour.isRgb ? ['out_range=tv'] : []),
  ];
  return [`scale=${size.width}:${size.height}:flags=bicubic`, ...conversion].join(':');
}

/** Names of the scale filter for ffprobe's names of the matrix (ITU-T H.273 §8.3). */
const MATRICES: Readonly<Record<string, string>> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470',
  fcc: 'fcc',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

/** What players assume as well when nothing is said: BT.601 below 720 lines. */
function inputMatrix(colour: Colour, size: Size): string {
  return MATRICES[colour.matrix] ?? (Math.min(size.width, size.height) < 720 ? 'bt601' : 'bt709');
}

/** Nits that BT.709 white stands for (ITU-R BT.2408 puts HDR reference white at 203; 100 keeps faces bright). */
const PEAK_NITS = 100;

function toneMapped(colour: Colour, size: Size): string[] {
  return [
    `zscale=w=${size.width}:h=${size.height}:tin=${colour.transfer}:min=2020_ncl:pin=2020:t=linear:npl=${PEAK_NITS}`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=limited',
  ];
}
