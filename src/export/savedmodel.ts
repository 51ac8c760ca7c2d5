/** Exports a network as a SavedModel of TensorFlow. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonText } from '../run-folder/json-file';
import type { Exporter } from './exporter';
import { chosenNetwork } from './network-facts';
import { encodeCheckpoint } from './savedmodel/checkpoint';
import { modelGraph } from './savedmodel/model-graph';
import { encodeSavedModel } from './savedmodel/saved-model';
import { weightName } from './weight-name';

export const exportSavedModel: Exporter = async (context, place) => {
  const { network, generator, facts } = await chosenNetwork(context);
  const leaves = await generator.engine.read(network.program(1, facts.weights).reads);
  const weights = Object.fromEntries(
    Object.entries(leaves).map(([leaf, value]) => [weightName(leaf), value]),
  );
  const { index, data } = encodeCheckpoint(weights);
  for (const folder of ['variables', 'assets.extra']) await mkdir(join(place, folder));
  await writeFile(join(place, 'variables', 'variables.index'), index);
  await writeFile(join(place, 'variables', 'variables.data-00000-of-00001'), data);
  // TensorFlow keeps what it does not know in this folder.
  await writeFile(join(place, 'assets.extra', 'network.json'), jsonText(facts));
  await writeFile(
    join(place, 'saved_model.pb'),
    encodeSavedModel(modelGraph(network, leaves, facts.weights)),
  );
};
