/** The samples of one run: those that are kept, and the one that is shown. */
import type { SampleContent } from '../../../src/shared/dashboard-protocol';
import { formatCount } from '../../shared/format';
import { headHeight } from '../head-height';
import { KeptSamples } from './kept-samples';
import { SampleViewer } from './viewer';

/** What stands around a sample in its column, which is in sight as a whole: title, slider, legend. */
const AROUND_PX = 160;
const LEAST_HEIGHT_PX = 160;
/** Of the width, where runs are beside each other: grids that are laid out alike can be compared. */
const MAX_COMPARED_HEIGHT = 1.25;

export class RunSamples extends KeptSamples {
  readonly viewer: SampleViewer;
  #shown: number | undefined;

  constructor(isCompared: boolean) {
    super();
    this.viewer = new SampleViewer(({ clientWidth: width }) => {
      const height = Math.max(LEAST_HEIGHT_PX, innerHeight - headHeight() - AROUND_PX);
      return { width, height: isCompared ? Math.min(height, width * MAX_COMPARED_HEIGHT) : height };
    });
  }

  get shownStep(): number | undefined {
    return this.#shown;
  }

  show(step: number, content: SampleContent): void {
    this.#shown = step;
    void this.viewer.show(formatCount(step), content);
  }
}
