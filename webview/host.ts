/** The webview's side of the protocol: what it may say to the host, and what it hears. */
import {
  DASHBOARD_PROTOCOL_VERSION,
  type DashboardState,
  type HostEnvelope,
  type HostMessage,
  type WebviewMessage,
} from '../src/shared/dashboard-protocol';
import { DEFAULT_PREFERENCES, type Place, type Preferences } from './preferences';

/** Kept by VS Code while the webview is hidden, and over a reload of the window. */
type KeptState = Partial<DashboardState & Preferences & Place>;

interface VsCodeApi {
  postMessage(message: WebviewMessage): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function send(message: WebviewMessage): void {
  api.postMessage(message);
}

export function keptPreferences(): Preferences {
  const { xAxis, smoothing, logarithmic, allValues, asTable } = { ...DEFAULT_PREFERENCES, ...api.getState() };
  return { xAxis, smoothing, logarithmic, allValues, asTable };
}

export function keptPlace(): Place {
  const { range, sampleStep } = api.getState() ?? {};
  return { range, sampleStep };
}

export function keep(state: KeptState): void {
  api.setState({ ...api.getState(), ...state });
}

/** `onGap` is called where a message was lost, or came from a host of another version: everything is asked again. */
export function listen(onMessage: (message: HostMessage) => void, onGap: () => void): void {
  let expected: number | undefined;
  window.addEventListener('message', (event: MessageEvent<HostEnvelope>) => {
    const { protocol, sequence } = event.data;
    if (protocol !== DASHBOARD_PROTOCOL_VERSION) return;
    const isGap = expected !== undefined && sequence !== 0 && sequence !== expected;
    expected = sequence + 1;
    if (isGap) onGap();
    else onMessage(event.data);
  });
}
