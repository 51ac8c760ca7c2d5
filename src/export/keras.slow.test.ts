/** Exported Keras models, opened by Keras itself, make what the workbench makes of the same inputs, and train on. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkpointedRun } from '../../test/support/checkpointed-run';
import { callNetwork, largestDifference, readNpy, saveInput } from '../../test/support/network-call';
import { runPython } from '../../test/support/run-python';
import {
  dcgan,
  digits,
  generator,
  images,
  listedLayers,
  networkFamilies,
  r3gan,
  stylegan2,
  superResolution,
} from '../../test/support/small-networks';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { pixelsOf } from '../pictures/pixels';
import { float32 } from '../shared/host-tensor';
import { exportRun } from './export-run';
import { ExportError, type NetworkName } from './exporter';

/** A Python with TensorFlow, which `npm run test:tensorflow` supplies. */
const python = process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON;

const REFUSED: readonly (readonly [string, object])[] = [
  ['bicubic enlargement', superResolution],
  ['learned images', r3gan],
  ['styles', stylegan2],
];

const families: readonly (readonly [string, object, NetworkName?])[] = [
  ...networkFamilies.filter(([, experiment]) => !REFUSED.some(([, refused]) => refused === experiment)),
  ['listed layers', listedLayers],
  ['kernels of even size', generator({ kernelSize: 4 })],
  ['normalised vectors', { ...images, generator: { network: 'mlp', hidden: [7, 6], norm: 'layer' } }],
  ['residual blocks', { ...images, generator: { network: 'resnet', channels: [8, 8, 8] } }],
  [
    'classes in instance normalisation',
    {
      ...digits,
      generator: { ...dcgan.generator, norm: 'instance' },
      conditioning: { name: 'projection', generator: 'batch-norm' },
    },
  ],
  [
    'points',
    {
      data: { source: 'points2d', batchSize: 4 },
      generator: { network: 'mlp', hidden: [6] },
      discriminator: { network: 'mlp', hidden: [6] },
      latent: { size: 2 },
    },
  ],
  [
    'a residual discriminator',
    { ...images, discriminator: { network: 'resnet', channels: [4, 4, 6], halvings: 2 } },
    'discriminator',
  ],
];

async function exported(folder: string, experiment: object, network: NetworkName = 'generator') {
  const runFolder = await checkpointedRun(folder, experiment);
  const path = join(folder, 'model.keras');
  await exportRun({ runFolder, format: 'keras', path, network, isRaw: false, replaces: false });
  return { runFolder, path };
}

const configSchema = z.object({
  config: z.object({
    layers: z.array(z.object({ class_name: z.string(), name: z.string() })),
    input_layers: z.array(z.tuple([z.string(), z.literal(0), z.literal(0)])),
    output_layers: z.tuple([z.string(), z.literal(0), z.literal(0)]),
  }),
});

it('is made of layers of Keras with the names of the network', async () => {
  const conditional = { ...digits, conditioning: { name: 'projection', generator: 'batch-norm' } };
  const { path } = await exported(await temporaryFolder(), conditional);
  const members = unzipSync(await readFile(path));
  expect(Object.keys(members)).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
  const { config } = configSchema.parse(JSON.parse(Buffer.from(members['config.json'] ?? []).toString()));
  expect(config.input_layers.map(([name]) => name)).toEqual(['latents', 'classes']);
  expect(config.output_layers[0]).toBe('images');
  const classes = Object.fromEntries(config.layers.map(({ name, class_name }) => [name, class_name]));
  expect(classes).toMatchObject({
    project: 'Dense',
    projectNorm: 'BatchNormalization',
    projectNorm_gamma: 'Embedding',
    up1: 'Conv2DTranspose',
    images: 'Activation',
  });
});

it.each(REFUSED)('refuses %s, says where it is and what else works', async (_, experiment) => {
  const folder = await temporaryFolder();
  const failure: unknown = await exported(folder, experiment).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ExportError);
  expect(String(failure)).toMatch(/Keras has no layer for the operator \w+/);
  expect(failure).toMatchObject({ remedy: expect.stringContaining('formats onnx and savedmodel') });
  expect(await readdir(folder)).not.toContain('model.keras');
});

it('replaces a file only if it may', async () => {
  const folder = await temporaryFolder();
  const { runFolder, path } = await exported(folder, images);
  const asked = { runFolder, format: 'keras', path } as const;
  await expect(exportRun({ ...asked, replaces: false })).rejects.toThrow('already exists');
  const before = await readFile(path);
  await exportRun({ ...asked, replaces: true });
  expect((await readFile(path)).equals(before)).toBe(true);
});

const answers = z.array(z.object({ layers: z.record(z.string(), z.string()), trained: z.number() }));

describe.runIf(python !== undefined)('Keras in tensorflow', () => {
  it('opens, runs and trains each network', async () => {
    const folder = await temporaryFolder();
    const calls = [];
    const expected = [];
    for (const [i, [, experiment, name = 'generator']] of families.entries()) {
      const place = join(folder, String(i));
      const { runFolder, path } = await exported(place, experiment, name);
      const call = await callNetwork(runFolder, name);
      const inputs: Record<string, string> = {};
      for (const input of call.inputs) inputs[inputName(input, name)] = await saveInput(place, input);
      calls.push({ model: path, inputs, output: join(place, 'output.npy') });
      expected.push(call);
    }
    const file = join(folder, 'calls.json');
    await writeFile(file, JSON.stringify(calls));
    const stdout = await runPython(python ?? '', [resolve('bench/exports/keras_model.py'), file]);
    const found = answers.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    for (const [i, { made, makes }] of expected.entries()) {
      const [label = ''] = families[i] ?? [];
      const { shape, values } = await readNpy(calls[i]?.output ?? '');
      expect(shape, label).toEqual(made.shape);
      expect(largestDifference(values, made.data), label).toBeLessThan(1e-4);
      if (makes?.kind === 'image') {
        const [ours, theirs] = [made, float32(shape, Float32Array.from(values))].map(
          (image) => pixelsOf(image, makes).data,
        );
        expect(largestDifference(ours ?? [], theirs ?? []), label).toBeLessThanOrEqual(1);
      }
      expect(found[i]?.trained, label).toBeGreaterThan(0);
    }
  });
});

function inputName(
  { key, value }: Awaited<ReturnType<typeof callNetwork>>['inputs'][number],
  network: NetworkName,
): string {
  if (value.kind !== 'examples') return value.kind;
  if (value.shape.kind === 'points') return 'points';
  return network.startsWith('discriminator') && key === 'examples' ? 'images' : 'input';
}

it.skipIf(python !== undefined)(
  'Keras models are not opened: `npm run test:tensorflow` supplies Python',
  () => undefined,
);
