/** What all encoders of one film have in common. */
import type { Preset } from '../../packaging-config.ts';
import type { Ratio } from '../../ratio.ts';

export interface VideoEncoding {
  readonly frameRate: Ratio;
  /** From one sync picture to the next. */
  readonly groupFrames: number;
  /** Of this encoder alone. Whatever their number, it makes the same bytes each time. */
  readonly threads: number;
  readonly preset: Preset;
  /** Whether a larger rung stands above it. */
  readonly isLower?: boolean;
  /** Default: `libsvtav1`. */
  readonly av1Encoder?: Av1Encoder;
}

export type Av1Encoder = 'libsvtav1' | 'libaom-av1';
