/** The samples of one run: the cached ones, and the one that is shown. */
import type { SampleContent } from '../../../src/shared/dashboard-protocol';
import type { LiveSample } from '../../../src/shared/point-sample';
import { formatCount } from '../../shared/format';
import { headHeight } from '../head-height';
import { KeptSamples } from './kept-samples';
import { SampleViewer } from './viewer';

/** Height around a sample in its column: title, slider, legend. The column must fit in view. */
const AROUND_PX = 160;
const LEAST_HEIGHT_PX = 160;
/** Maximum height as a multiple of the width, for runs side by side: grids with the same layout can be compared. */
const MAX_COMPARED_HEIGHT = 1.25;

export class RunSamples extends KeptSamples {
  readonly viewer: SampleViewer;
  #shown: number | undefined;
  #live: LiveSample | undefined;

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

  /** The newest sample that is not recorded, while the run trains in this window and is watched. */
  get live(): LiveSample | undefined {
    return this.#live;
  }

  set live(live: LiveSample | undefined) {
    this.#live = live;
  }

  showLive({ step, sample }: LiveSample): void {
    this.#shown = step;
    void this.viewer.show(formatCount(step), { kind: 'points', ...sample }, true);
  }

  show(step: number, content: SampleContent): void {
    this.#shown = step;
    void this.viewer.show(formatCount(step), content);
  }
}
