/** The user's settings of the dashboard, persisted while its tab is hidden and across reloads. */
import type { XAxis } from '../../src/shared/dashboard-protocol';
import { DEFAULT_LAYERS, type PlaneLayer } from './plane/layers';

/** Display options of the curves. */
export interface Preferences {
  readonly xAxis: XAxis;
  /** Weight of the past in the moving average, in [0, 1). */
  readonly smoothing: number;
  readonly logarithmic: boolean;
  /** Whether outliers are shown, however much they flatten the rest of a curve. */
  readonly allValues: boolean;
  readonly asTable: boolean;
  /** Whether runs that differ by the seed alone are drawn as one; undefined until the user has chosen. */
  readonly averagesSeeds: boolean | undefined;
  /** What is drawn of points. */
  readonly planeLayers: readonly PlaneLayer[];
}

export const DEFAULT_PREFERENCES: Preferences = {
  xAxis: 'step',
  smoothing: 0.6,
  logarithmic: false,
  allValues: false,
  asTable: false,
  averagesSeeds: undefined,
  planeLayers: DEFAULT_LAYERS,
};

/** Positions on the x axis. */
export type XRange = readonly [from: number, to: number];

/** The user's position in the runs. */
export interface Place {
  /** Undefined for the whole run. */
  readonly range: XRange | undefined;
  /** Step of the selected sample; undefined while the newest is followed. */
  readonly sampleStep: number | undefined;
}
