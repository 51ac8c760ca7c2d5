/** Exports a network for PyTorch: its weights as safetensors, and a Python module that defines it and loads them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileDurably } from '../storage/durable-file';
import { encodeSafetensors } from '../storage/safetensors';
import type { Exporter } from './exporter';
import { chosenNetwork, metadataOf } from './network-facts';
import { networkScript } from './pytorch/network-script';

export const exportSafetensors: Exporter = async (context, place) => {
  const chosen = await chosenNetwork(context);
  const { text, tensors } = await networkScript(chosen);
  const metadata = { format: 'pt', ...metadataOf(chosen.facts) };
  await writeFileDurably(join(place, 'model.safetensors'), ...encodeSafetensors(tensors, metadata));
  await writeFile(join(place, 'model.py'), text);
};
