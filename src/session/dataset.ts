/** Opens the data that a config names. */
import { bindPart } from '../config/bind';
import { dataShapeOf } from '../config/resolve';
import type { ExperimentConfig } from '../config/schema';
import { dataSources } from '../data/registry';
import type { Dataset, OpenContext } from '../data/source';
import { withReducedInputs } from '../data/superresolution';
import type { DataShape } from '../shared/example-shape';

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

/** Returns the shape of the data as declared by the config, without opening it. */
export function declaredShape(config: ExperimentConfig): DataShape {
  return dataShapeOf(config.data);
}
