/** Connects the dataset page to the extension host. */
import type { DatasetPageState, FromDatasetPage, ToDatasetPage } from '../../src/shared/dataset-protocol';
import { connectToHost } from '../shared/host-connection';

export const { send, keep, listen } = connectToHost<FromDatasetPage, ToDatasetPage, DatasetPageState>();
