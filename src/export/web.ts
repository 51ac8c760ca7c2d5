/**
 * Exports a generator as a page that runs in a browser, from a folder, without a server: browsers read no other files of
 * a folder than scripts, so that the runtime and the model are in one.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { generatorDirections } from '../latents/generator-directions';
import { localizable } from '../shared/localizable-text';
import { ExportError, type Exporter } from './exporter';
import { chosenNetwork } from './network-facts';
import { networkModel } from './onnx/network-model';
import { webPage } from './web/page';

const FILES_SCRIPT = 'files.js';

export const exportWeb: Exporter = async (context, place) => {
  const chosen = await chosenNetwork(context);
  const { generator, facts, network } = chosen;
  const { latents, example } = generator.task;
  if (latents === undefined || example.kind === 'points' || network.name !== 'generator')
    throw new ExportError(
      localizable('The web page needs a generator that makes images from latents.'),
      localizable('Export this network as ONNX.'),
    );
  const model = await networkModel(chosen);
  const directions = await generatorDirections(generator.engine, latents);
  const { size, prior, classes } = latents;
  const settings = {
    size,
    prior,
    classes,
    directions: directions.map((direction) => Array.from(direction, (value) => Number(value.toFixed(5)))),
  };
  await writeFile(join(place, 'model.onnx'), model);
  await writeFile(join(place, FILES_SCRIPT), await filesScript(model));
  await writeFile(join(place, 'index.html'), webPage(facts, settings, FILES_SCRIPT));
};

async function filesScript(model: Uint8Array): Promise<string> {
  // In an installed extension the packages are next to the bundle; in the source tree they are above it.
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));
  const read = async (name: string): Promise<string> =>
    (await readFile(join(runtime, name))).toString('base64');
  const files = {
    runtime: await read('ort.wasm.bundle.min.mjs'),
    wasm: await read('ort-wasm-simd-threaded.wasm'),
    model: Buffer.from(model).toString('base64'),
  };
  return `const FILES = ${JSON.stringify(files)};\n`;
}
