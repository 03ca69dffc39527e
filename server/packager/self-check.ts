/** Reads back what was made, before anyone else does: a presentation that breaks its own promises is not published. */
import { allFaults, describeFault, type Verdict } from '../verify/verdict.ts';
import { verifyPresentation } from '../verify/verify-presentation.ts';
import { PackagingError } from './packaging-error.ts';

export interface SelfCheckOptions {
  readonly signal: AbortSignal;
  /** Told of sound that ends noticeably before or after the picture: it plays all the same. */
  readonly onNotice: (sentence: string) => void;
}

/**
 * `directory` is the title's folder, without its `title.json` yet. Headers alone are read: what was hashed while it was
 * written need not be read again.
 * @throws PackagingError `output-faulty` with the first fault; the signal's reason.
 */
export async function selfCheck(directory: string, { signal, onNotice }: SelfCheckOptions): Promise<Verdict> {
  const verdict = await verifyPresentation(directory, { signal, isTitle: true });
  const faults = allFaults(verdict);
  const serious = faults.filter(({ check }) => check !== 'ends');
  const [first] = serious;
  if (first) {
    const others = serious.length > 1 ? ` (and ${serious.length - 1} more)` : '';
    throw new PackagingError(
      'output-faulty',
      `What was made is not as it should be${others}: ${describeFault(first)}`,
    );
  }
  for (const fault of faults) onNotice(describeFault(fault));
  return verdict;
}
