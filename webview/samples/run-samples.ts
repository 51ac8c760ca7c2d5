/** The samples of one run: those that are kept, and the one that is shown. */
import type { SampleContent } from '../../src/shared/dashboard-protocol';
import { formatCount } from '../format';
import { headHeight } from '../head-height';
import { KeptSamples } from './kept-samples';
import { SampleViewer } from './viewer';

/** What stands around a sample in its column, which is in sight as a whole: title, slider, legend. */
const AROUND_PX = 160;
const LEAST_HEIGHT_PX = 160;

export class RunSamples extends KeptSamples {
  readonly viewer = new SampleViewer((root) => ({
    width: root.clientWidth,
    height: Math.max(LEAST_HEIGHT_PX, innerHeight - headHeight() - AROUND_PX),
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
