/** Writes the initialization of a small AVC or AAC track, box by box, for tests of what reads it. */
import { joinBytes, latin1, uint32, writeBox } from './write-box.ts';

export interface TrackSketch {
  readonly kind: 'video' | 'audio';
  readonly id?: number;
  readonly timescale?: number;
  /** Left out: no edit list. */
  readonly mediaTime?: number;
  /** Duration and flags of `trex`. */
  readonly defaults?: readonly [durationTicks: number, flags: number];
}

/** `avc1.64001f` at 1280×720, or `mp4a.40.2` at 48 kHz in stereo, as ffmpeg lays it out. */
export function writeInitialization(sketch: TrackSketch): Uint8Array<ArrayBuffer> {
  const { kind, id = 1, timescale = 90_000, mediaTime, defaults = [0, 0] } = sketch;
  const times = new Uint8Array(8);
  const header = writeBox(
    'tkhd',
    uint32(7),
    times,
    uint32(id),
    new Uint8Array(8),
    groupOf(kind),
    new Uint8Array(44),
  );
  const edits = writeBox('edts', writeBox('elst', uint32(0, 1, 0, mediaTime ?? 0, 0x1_0000)));
  const clock = writeBox('mdhd', uint32(0), times, uint32(timescale, 0, 0));
  const entry = kind === 'video' ? writeAvcEntry() : writeAacEntry();
  const table = writeBox('stbl', writeBox('stsd', uint32(0, 1), entry));
  const information = writeBox('minf', writeBox(kind === 'video' ? 'vmhd' : 'smhd', uint32(0, 0)), table);
  const track = writeBox(
    'trak',
    header,
    ...(mediaTime === undefined ? [] : [edits]),
    writeBox('mdia', clock, information),
  );
  const extends_ = writeBox('mvex', writeBox('trex', uint32(0, id, 1, defaults[0], 0, defaults[1])));
  const file = writeBox('ftyp', latin1('iso5'), uint32(512), latin1('iso6mp41'));
  return joinBytes([
    file,
    writeBox('moov', writeBox('mvhd', uint32(0)), track, extends_, writeBox('udta', latin1('x'))),
  ]);
}

/** Reserved (8 bytes), layer, alternate_group (1 for audio, as ffmpeg writes it), volume and reserved. */
function groupOf(kind: 'video' | 'audio'): Uint8Array {
  return new Uint8Array([...new Array<number>(10).fill(0), 0, kind === 'audio' ? 1 : 0, 0, 0, 0, 0]);
}

function writeAvcEntry(): Uint8Array {
  const fields = new Uint8Array(78);
  new DataView(fields.buffer).setUint32(24, 1280 * 0x1_0000 + 720);
  const configuration = new Uint8Array([1, 0x64, 0x00, 0x1f, 0xff, 0xe1, 0, 0, 0]);
  return writeBox('avc1', fields, writeBox('avcC', configuration), writeBox('btrt', uint32(0, 0, 0)));
}

function writeAacEntry(): Uint8Array {
  const fields = new Uint8Array(28);
  const view = new DataView(fields.buffer);
  view.setUint16(16, 2);
  view.setUint16(24, 48_000);
  const specific = [0x05, 0x80, 0x80, 0x80, 0x02, 0x11, 0x90];
  const config = [
    0x04,
    0x80,
    0x80,
    0x80,
    13 + specific.length,
    0x40,
    0x15,
    ...new Array<number>(11).fill(0),
    ...specific,
  ];
  const stream = [0x03, 0x80, 0x80, 0x80, 3 + config.length, 0x00, 0x01, 0x00, ...config];
  return writeBox('mp4a', fields, writeBox('esds', uint32(0), new Uint8Array(stream)));
}
