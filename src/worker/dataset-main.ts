/** The entry of the process in which the extension opens a data set: what people's files hold is decoded outside the editor. */
import type { FromDataset, ToDataset } from '../shared/dataset-protocol';
import { serveDataset } from './dataset-server';
import { openParentPort } from './parent-port';

serveDataset(openParentPort<FromDataset, ToDataset>('open a dataset with GAN: Open Dataset.'));
