/** The dashboard's side of the protocol: the messages it sends to the host and receives from it. */
import type {
  CurveView,
  DashboardState,
  HostMessage,
  WebviewMessage,
} from '../../src/shared/dashboard-protocol';
import { connectToHost } from '../shared/host-connection';
import { curveView } from './curves/view';
import { DEFAULT_PREFERENCES, type Place, type Preferences } from './preferences';

/** Persisted by VS Code while the webview is hidden, and across window reloads. */
type KeptState = Partial<DashboardState & Preferences & Place>;

/** Number of points requested before the page has a width. */
const FIRST_BUCKETS = 800;

const host = connectToHost<WebviewMessage, HostMessage, KeptState>();

export const { send, listen } = host;

export function keptPreferences(): Preferences {
  const kept = { ...DEFAULT_PREFERENCES, ...host.state() };
  const { xAxis, smoothing, logarithmic, allValues, asTable, averagesSeeds, planeLayers } = kept;
  return { xAxis, smoothing, logarithmic, allValues, asTable, averagesSeeds, planeLayers };
}

export function keptPlace(): Place {
  const { range, sampleStep } = host.state() ?? {};
  return { range, sampleStep };
}

export function keep(state: KeptState): void {
  host.keep({ ...host.state(), ...state });
}

let requested: CurveView | undefined;

export function requestCurves(view: CurveView): void {
  requested = view;
  send({ type: 'view', view });
}

let watched: readonly number[] = [];

/** Requests live samples of these runs, and of no others. */
export function watchSamples(runs: readonly number[]): void {
  if (runs.join() === watched.join()) return;
  watched = runs;
  send({ type: 'watchSamples', runs });
}

/** Requests everything about the runs, with the curves that were requested last. */
export function requestEverything(): void {
  const view = requested ?? curveView(keptPreferences().xAxis, keptPlace().range, FIRST_BUCKETS);
  send({ type: 'ready', view });
  if (watched.length > 0) send({ type: 'watchSamples', runs: watched });
}
