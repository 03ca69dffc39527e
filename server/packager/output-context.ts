/** What every stage behind the encoder is given: the finished media, the input they came from, and where to write. */
import type { InputInfo } from './input/input-info.ts';
import type { MadePresentation } from './made-presentation.ts';
import type { Tools } from './tools.ts';

export interface OutputContext {
  readonly input: InputInfo;
  readonly media: Pick<MadePresentation, 'video' | 'audio' | 'duration'>;
  /** Folder of the files that never change; holds the media already. A stage writes its own files beside them. */
  readonly directory: string;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Takes sentences that a person should see. */
  readonly onNotice: (sentence: string) => void;
}
