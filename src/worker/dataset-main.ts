/** Entry point of the process that opens a dataset: user files are decoded outside the editor. */
import type { FromDataset, ToDataset } from '../shared/dataset-protocol';
import { serveDataset } from './dataset-server';
import { openParentPort } from './parent-port';

serveDataset(openParentPort<FromDataset, ToDataset>('open a dataset with GAN: Open Dataset.'));
