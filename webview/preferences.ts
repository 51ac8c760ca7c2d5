/** How a person likes to look at curves; kept over a reload. */
import type { XAxis } from '../src/shared/dashboard-protocol';

export interface Preferences {
  readonly xAxis: XAxis;
  /** Weight of what came before in the moving average, in [0, 1). */
  readonly smoothing: number;
  readonly logarithmic: boolean;
  readonly asTable: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = {
  xAxis: 'step',
  smoothing: 0.6,
  logarithmic: false,
  asTable: false,
};
