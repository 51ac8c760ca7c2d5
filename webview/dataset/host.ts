/** The page's side of the protocol of data sets. */
import {
  DATASET_PROTOCOL_VERSION,
  type DatasetEnvelope,
  type DatasetPageState,
  type FromDatasetPage,
  type ToDatasetPage,
} from '../../src/shared/dataset-protocol';

interface VsCodeApi {
  postMessage(message: FromDatasetPage): void;
  setState(state: DatasetPageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

export function send(message: FromDatasetPage): void {
  api.postMessage(message);
}

export function keep(state: DatasetPageState): void {
  api.setState(state);
}

export function listen(onMessage: (message: ToDatasetPage) => void): void {
  window.addEventListener('message', (event: MessageEvent<DatasetEnvelope>) => {
    if (event.data.protocol === DATASET_PROTOCOL_VERSION) onMessage(event.data);
  });
}
