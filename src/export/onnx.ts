/** Exports a network as ONNX. */
import { writeFile } from 'node:fs/promises';
import type { Exporter } from './exporter';
import { chosenNetwork } from './network-facts';
import { networkModel } from './onnx/network-model';

export const exportOnnx: Exporter = async (context, place) => {
  await writeFile(place, await networkModel(await chosenNetwork(context)));
};
