/** The page's side of the protocol of latents. */
import {
  EXPLORER_PROTOCOL_VERSION,
  type ExplorerEnvelope,
  type ExplorerPageState,
  type FromExplorerPage,
  type ToExplorerPage,
} from '../../src/shared/explorer-protocol';

interface VsCodeApi {
  postMessage(message: FromExplorerPage): void;
  setState(state: ExplorerPageState): void;
  getState(): ExplorerPageState | undefined;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function send(message: FromExplorerPage): void {
  api.postMessage(message);
}

export function keep(state: ExplorerPageState): void {
  api.setState(state);
}

export function kept(): ExplorerPageState | undefined {
  return api.getState();
}

export function listen(onMessage: (message: ToExplorerPage) => void): void {
  window.addEventListener('message', (event: MessageEvent<ExplorerEnvelope>) => {
    if (event.data.protocol === EXPLORER_PROTOCOL_VERSION) onMessage(event.data);
  });
}
