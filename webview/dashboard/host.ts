/** The dashboard's side of the protocol: the messages it sends to the host and receives from it. */
import type { DashboardState, HostMessage, WebviewMessage } from '../../src/shared/dashboard-protocol';
import { connectToHost } from '../shared/host-connection';
import { DEFAULT_PREFERENCES, type Place, type Preferences } from './preferences';

/** Persisted by VS Code while the webview is hidden, and across window reloads. */
type KeptState = Partial<DashboardState & Preferences & Place>;

const host = connectToHost<WebviewMessage, HostMessage, KeptState>();

export const { send, listen } = host;

export function keptPreferences(): Preferences {
  const { xAxis, smoothing, logarithmic, allValues, asTable } = { ...DEFAULT_PREFERENCES, ...host.state() };
  return { xAxis, smoothing, logarithmic, allValues, asTable };
}

export function keptPlace(): Place {
  const { range, sampleStep } = host.state() ?? {};
  return { range, sampleStep };
}

export function keep(state: KeptState): void {
  host.keep({ ...host.state(), ...state });
}
