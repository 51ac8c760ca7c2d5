/** Opens the data that a config names. */
import { bindPart } from '../config/bind';
import { dataShapeOf } from '../config/resolve';
import type { ExperimentConfig } from '../config/schema';
import { dataSources } from '../data/registry';
import type { Dataset, ExampleShape, OpenContext } from '../data/source';
import { withReducedInputs } from '../data/superresolution';

/** Throws `DataError`. */
export async function openDataset(
  config: ExperimentConfig,
  context: Omit<OpenContext, 'seed'>,
): Promise<Dataset> {
  const { part, options } = bindPart(dataSources, config.data, 'source');
  const dataset = await part.open(options, { ...context, seed: config.seed });
  const { superResolution } = config.data;
  return superResolution === undefined ? dataset : withReducedInputs(dataset, superResolution);
}

/** What an example looks like, without opening the data. */
export function exampleShapeOf(config: ExperimentConfig): ExampleShape {
  return dataShapeOf(config.data).example;
}
