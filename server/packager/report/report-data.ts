/** All that a report shows, as data: the page is written from nothing else. */
import type { Verdict } from '../../verify/verdict.ts';
import type { InputInfo } from '../input/input-info.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { MadePresentation } from '../made-presentation.ts';
import type { PerTitleReport } from '../per-title/analyse-title.ts';
import type { IntraCost } from './intra-cost.ts';
import type { FrameSample } from './sample-frames.ts';

export interface ReportData {
  readonly title: string;
  readonly input: InputInfo;
  readonly presentation: MadePresentation;
  /** What the representations were encoded for; those that came to nothing may be among them. */
  readonly rungs: readonly Rung[];
  /** SSIM against the input by id of the representation; only of those that were measured. */
  readonly quality: ReadonlyMap<string, number>;
  /** Absent when the ladder does not follow from the film. */
  readonly perTitle?: PerTitleReport;
  /** Of the largest representation; absent without a picture. */
  readonly frames?: FrameSample;
  readonly intra?: IntraCost;
  readonly verdict: Verdict;
}
