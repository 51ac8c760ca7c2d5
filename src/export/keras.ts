/** Exports a network as a model of Keras, in its own file format: a zip archive of a description and the weights. */
import { basename, extname } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { encodeHdf5 } from '../storage/hdf5';
import { writeZip } from '../storage/zip';
import type { NetworkValue } from '../training/task';
import { ExportError, type Exporter } from './exporter';
import { FunctionalModel } from './keras/functional-model';
import { LayerWriter } from './keras/layer-writer';
import { namedInputs, networkGraph } from './layers/network-graph';
import { type ChosenNetwork, chosenNetwork, metadataOf } from './network-facts';

/** The first with all layers that are written. */
const KERAS_VERSION = '3.9.0';

export const exportKeras: Exporter = async (context, place) => {
  if (extname(context.path).toLowerCase() !== '.keras')
    throw new ExportError(
      localizable('Keras does not load models from a file named {0}.', basename(context.path)),
      localizable('Pass a path that ends in .keras.'),
    );
  const chosen = await chosenNetwork(context);
  const { network, facts } = chosen;
  const inputs = namedInputs(chosen, (key, value) => inputName(chosen, key, value));
  const model = new FunctionalModel(network.name);
  const writer = new LayerWriter(
    await networkGraph(chosen, inputs),
    model,
    `${network.name}/`,
    outputName(chosen),
  );
  for (const input of inputs) writer.input(input);
  const output = writer.write();
  const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
  await writeZip(place, {
    'metadata.json': json({ keras_version: KERAS_VERSION, gan_workbench: metadataOf(facts) }),
    'config.json': json(model.config(output)),
    'model.weights.h5': encodeHdf5(model.weights(output)),
  });
};

function inputName({ network }: ChosenNetwork, key: string, value: NetworkValue): string {
  if (value.kind !== 'examples') return value.kind;
  if (value.shape.kind === 'points') return 'points';
  return network.makes === undefined && key === 'examples' ? 'images' : 'input';
}

function outputName({ network: { makes } }: ChosenNetwork): string {
  if (makes === undefined) return 'logits';
  return makes.kind === 'points' ? 'points' : 'images';
}
