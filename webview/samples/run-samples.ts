/** The samples of one run: which steps have one, those that were fetched, and the one that is shown. */
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { formatCount } from '../format';
import { SampleViewer } from './viewer';

const KEPT_SAMPLES = 128;
/** Of the window's height: slider and curves stay in sight. */
const MOST_HEIGHT_PART = 0.72;

export class RunSamples {
  readonly viewer = new SampleViewer((root) => ({
    width: root.clientWidth,
    height: innerHeight * MOST_HEIGHT_PART,
  }));
  steps: readonly number[] = [];
  readonly #kept = new Map<number, SampleContent>();
  #shown: number | undefined;

  /** The step of the newest sample that there was at this step; of the first one, if all came later. */
  stepAt(step: number): number | undefined {
    return this.steps.findLast((one) => one <= step) ?? this.steps[0];
  }

  keep(step: number, content: SampleContent): void {
    // What could not be read may be there when it is asked for again.
    if (content.kind !== 'unreadable') this.#kept.set(step, content);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_SAMPLES) break;
      this.#kept.delete(oldest);
    }
  }

  contentOf(step: number): SampleContent | undefined {
    return this.#kept.get(step);
  }

  get shownStep(): number | undefined {
    return this.#shown;
  }

  show(step: number, content: SampleContent): void {
    this.#shown = step;
    void this.viewer.show(formatCount(step), content);
  }
}
