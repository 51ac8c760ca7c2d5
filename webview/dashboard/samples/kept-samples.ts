/** Which steps of a run have a sample, and what was fetched of them. */
import type { SampleContent } from '../../../src/shared/dashboard-protocol';

const MAX_KEPT = 128;

export class KeptSamples {
  steps: readonly number[] = [];
  readonly #contents = new Map<number, SampleContent>();
  /** Steps whose sample was asked for and could not be read. */
  readonly #unreadable = new Set<number>();

  /** The step of the newest sample that there was at this step; of the first one, if all came later. */
  stepAt(step: number): number | undefined {
    return this.steps.findLast((one) => one <= step) ?? this.steps[0];
  }

  keep(step: number, content: SampleContent): void {
    // What could not be read may be there when it is asked for again.
    if (content.kind === 'unreadable') {
      this.#unreadable.add(step);
      return;
    }
    this.#unreadable.delete(step);
    this.#contents.set(step, content);
    for (const oldest of this.#contents.keys()) {
      if (this.#contents.size <= MAX_KEPT) break;
      this.#contents.delete(oldest);
    }
  }

  contentOf(step: number): SampleContent | undefined {
    return this.#contents.get(step);
  }

  /** Whether there is nothing to wait for before what follows this step is shown: what cannot be read has been said. */
  hasArrived(step: number): boolean {
    const own = this.stepAt(step);
    return own === undefined || this.#contents.has(own) || this.#unreadable.has(own);
  }
}

/**
 * Which of the steps, ascending, is shown: the chosen one, where that is gone or has not come the next one, and without
 * a choice the newest.
 */
export function shownIndex(steps: readonly number[], chosen: number | undefined): number {
  const index = chosen === undefined ? -1 : steps.findIndex((step) => step >= chosen);
  return index < 0 ? steps.length - 1 : index;
}

/** Which of the steps, ascending, is nearest to this one; of two equally near, the later. */
export function nearestIndex(steps: readonly number[], wanted: number): number {
  const after = steps.findIndex((step) => step >= wanted);
  if (after < 0) return steps.length - 1;
  const [before = -Infinity, at = Infinity] = [steps[after - 1], steps[after]];
  return wanted - before < at - wanted ? after - 1 : after;
}
