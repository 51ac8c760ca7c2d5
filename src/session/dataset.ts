/** Opens the data that a config names. */
import { bindPart } from '../config/bind';
import { exampleOf } from '../config/resolve';
import type { ExperimentConfig } from '../config/schema';
import { dataSources } from '../data/registry';
import type { Dataset, ExampleShape } from '../data/source';

/** Throws `DataError`. */
export async function openDataset(config: ExperimentConfig, baseFolder: string): Promise<Dataset> {
  const { part, options } = bindPart(dataSources, config.data, 'source');
  return part.open(options, { baseFolder, seed: config.seed });
}

/** What an example looks like, without opening the data. */
export function exampleShapeOf(config: ExperimentConfig): ExampleShape {
  return exampleOf(config.data);
}
