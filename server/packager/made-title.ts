/** What is known of a title when it has been made, beyond its `title.json`: for those who tell a person. */
import type { Verdict } from '../verify/verdict.ts';
import type { MadePresentation } from './made-presentation.ts';
import type { PerTitleReport } from './per-title/analyse-title.ts';

export interface MadeTitle {
  readonly presentation: MadePresentation;
  /** Of the check before it was published. */
  readonly verdict: Verdict;
  /** SSIM against the input by id of the representation, 0 … 1; only of those that were measured. */
  readonly quality: ReadonlyMap<string, number>;
  /** How the rungs were found; absent for those of the usual ladder. */
  readonly perTitle?: PerTitleReport;
  /** Path of the report inside the title's folder; absent when there is none. */
  readonly report?: string;
}
