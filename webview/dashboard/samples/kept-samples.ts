/** The steps of a run that have a sample, and the samples fetched so far. */
import type { SampleContent } from '../../../src/shared/dashboard-protocol';

const MAX_KEPT = 128;

export class KeptSamples {
  steps: readonly number[] = [];
  readonly #contents = new Map<number, SampleContent>();
  /** Steps whose sample was requested but could not be read. */
  readonly #unreadable = new Set<number>();

  /** Step of the newest sample at or before this step, or of the first sample if all are later. */
  stepAt(step: number): number | undefined {
    return this.steps.findLast((one) => one <= step) ?? this.steps[0];
  }

  keep(step: number, content: SampleContent): void {
    // An unreadable sample may be readable on a later request.
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

  /** Whether playback need not wait for the sample of this step: an unreadable one has been reported. */
  hasArrived(step: number): boolean {
    const own = this.stepAt(step);
    return own === undefined || this.#contents.has(own) || this.#unreadable.has(own);
  }
}

/**
 * Index of the step to show, among ascending steps: the selected one; if it is missing, the next one; the newest if
 * none is selected.
 */
export function shownIndex(steps: readonly number[], chosen: number | undefined): number {
  const index = chosen === undefined ? -1 : steps.findIndex((step) => step >= chosen);
  return index < 0 ? steps.length - 1 : index;
}

/** Index of the nearest of the ascending steps; of two equally near, the later. */
export function nearestIndex(steps: readonly number[], wanted: number): number {
  const after = steps.findIndex((step) => step >= wanted);
  if (after < 0) return steps.length - 1;
  const [before = -Infinity, at = Infinity] = [steps[after - 1], steps[after]];
  return wanted - before < at - wanted ? after - 1 : after;
}
