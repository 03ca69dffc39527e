/** What a presentation is built of, and whom it is told how that goes. */
import type { InputInfo } from './input/input-info.ts';
import type { PackagingConfig } from './packaging-config.ts';
import type { Progress } from './progress.ts';
import type { Tools } from './tools.ts';

export interface BuildRequest {
  readonly input: InputInfo;
  readonly title: string;
  /** Tells the input from others. */
  readonly fingerprint: string;
  /** Empty, in the library, which holds the work folder too. */
  readonly directory: string;
  readonly tools: Tools;
  readonly config: PackagingConfig;
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice?: (sentence: string) => void;
  readonly onCommand?: (commandLine: string) => void;
}
