/** What of the dashboard is as a person wants it; kept while its tab is hidden, and over a reload. */
import type { XAxis } from '../../src/shared/dashboard-protocol';

/** How a person likes to look at curves. */
export interface Preferences {
  readonly xAxis: XAxis;
  /** Weight of what came before in the moving average, in [0, 1). */
  readonly smoothing: number;
  readonly logarithmic: boolean;
  /** Whether outliers are shown, however flat that makes the rest of a curve. */
  readonly allValues: boolean;
  readonly asTable: boolean;
}

export const DEFAULT_PREFERENCES: Preferences = {
  xAxis: 'step',
  smoothing: 0.6,
  logarithmic: false,
  allValues: false,
  asTable: false,
};

/** Positions on the x axis. */
export type XRange = readonly [from: number, to: number];

/** Where in its runs a person was. */
export interface Place {
  /** Undefined for the whole run. */
  readonly range: XRange | undefined;
  /** Of the sample that was chosen; undefined where the newest is followed. */
  readonly sampleStep: number | undefined;
}
