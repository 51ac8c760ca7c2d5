/** Exports a network as ONNX. */
import { writeFile } from 'node:fs/promises';
import { defineExporter } from './exporter';
import { chosenNetwork } from './network-facts';
import { networkModel } from './onnx/network-model';

export const onnxExporter = defineExporter({
  name: 'onnx',
  title: 'ONNX',
  description:
    'The network with its weights, for any batch size: latents and class in, images out. Runs in ONNX Runtime, in browsers, on phones and in most inference servers.',
  output: { extension: 'onnx', fileType: 'ONNX model' },
  usesCheckpoint: true,
  async write(context, place) {
    await writeFile(place, await networkModel(await chosenNetwork(context)));
  },
});
