/** The samples of one run: those that are kept, and the one that is shown. */
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { formatCount } from '../format';
import { KeptSamples } from './kept-samples';
import { SampleViewer } from './viewer';

/** Of the window's height: slider and curves stay in sight. */
const MOST_HEIGHT_PART = 0.72;

export class RunSamples extends KeptSamples {
  readonly viewer = new SampleViewer((root) => ({
    width: root.clientWidth,
    height: innerHeight * MOST_HEIGHT_PART,
  }));
  #shown: number | undefined;

  get shownStep(): number | undefined {
    return this.#shown;
  }

  show(step: number, content: SampleContent): void {
    this.#shown = step;
    void this.viewer.show(formatCount(step), content);
  }
}
