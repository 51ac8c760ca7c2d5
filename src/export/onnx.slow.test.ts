/** Every exported network, run by ONNX Runtime at several batch sizes, makes what the workbench makes of its inputs. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CHECKPOINT_STEP, checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { dcgan, digits, images, listedLayers, pairs, patchgan } from '../../test/support/small-networks';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { oneHot } from '../gan/step/class-labels';
import { pixelsOf } from '../pictures/pixels';
import { Random } from '../random/random';
import { openGenerator } from '../session/stored-run';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import { float32, type HostTensor, sizeOf } from '../shared/host-tensor';
import { exportRun } from './export-run';
import type { NetworkName } from './exporter';

const latentFamilies: readonly [string, object][] = [
  ['transposed convolutions', images],
  ['kernels of even size', { ...images, generator: { ...dcgan.generator, kernelSize: 4 } }],
  ['nearest-neighbour upsampling', { ...images, generator: { ...dcgan.generator, upsampling: 'nearest' } }],
  ['sub-pixel convolution', { ...images, generator: { ...dcgan.generator, upsampling: 'sub-pixel' } }],
  ['instance normalisation', { ...images, generator: { ...dcgan.generator, norm: 'instance' } }],
  ['layer normalisation', { ...images, generator: { ...dcgan.generator, norm: 'layer' } }],
  ['pixel normalisation', { ...images, generator: { ...dcgan.generator, norm: 'pixel' } }],
  ['the textbook', { ...digits, generator: { network: 'dcgan-textbook' } }],
  ['dense layers', { ...images, generator: { network: 'mlp', hidden: [7, 6], norm: 'batch' } }],
  [
    'residual blocks and attention',
    { ...images, generator: { network: 'resnet', channels: [8, 8, 8], attention: 1 } },
  ],
  ['weights without an average', { ...images, ema: false }],
  ['listed layers', listedLayers],
  [
    'classes beside the latent',
    { ...digits, conditioning: { name: 'projection', generator: 'concatenate' } },
  ],
  [
    'classes in batch normalisation',
    { ...digits, conditioning: { name: 'projection', generator: 'batch-norm' } },
  ],
];

const imageFamilies: readonly [string, object, NetworkName][] = [
  [
    'a U-Net',
    { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan },
    'generator',
  ],
  [
    'residual translation, forward',
    { data: { ...pairs, targets: '.', use: 'unpaired' }, generator: TRANSLATE(), discriminator: patchgan },
    'generator',
  ],
  [
    'residual translation, back',
    { data: { ...pairs, targets: '.', use: 'unpaired' }, generator: TRANSLATE(), discriminator: patchgan },
    'generatorBack',
  ],
  [
    'super-resolution',
    {
      data: folderData({ imageSize: 16, superResolution: 2 }),
      generator: { network: 'srresnet', channels: 4, blocks: 1 },
      discriminator: patchgan,
    },
    'generator',
  ],
  [
    'a label map',
    {
      data: { source: 'shapes', batchSize: 4, imageSize: 32 },
      generator: { network: 'unet', channels: 4 },
      discriminator: patchgan,
    },
    'generator',
  ],
];

function TRANSLATE() {
  return { network: 'resnet-translate', channels: 4, blocks: 1 };
}

const SMALL: ImageShape = { kind: 'image', height: 8, width: 8, channels: 3 };

async function exported(experiment: object, options: { network?: NetworkName; isRaw?: boolean } = {}) {
  const folder = await temporaryFolder();
  const runFolder = await checkpointedRun(folder, experiment);
  const path = join(folder, 'network.onnx');
  const asked = { network: 'generator' as NetworkName, isRaw: false, ...options };
  await exportRun({ runFolder, format: 'onnx', path, replaces: false, ...asked });
  const session = await InferenceSession.create(path);
  onTestFinished(() => session.release());
  const generator = await openGenerator(runFolder);
  onTestFinished(() => generator.close());
  return { folder, runFolder, path, session, generator };
}

function drawn(...shape: number[]): HostTensor {
  return float32(shape, Random.seeded(3, 'inputs').fillNormal(new Float32Array(sizeOf(shape))));
}

function drawnBytes(
  count: number,
  shape: ImageShape,
): { bytes: Uint8Array; values: HostTensor; dims: number[] } {
  const dims = [count, ...exampleExtents(shape)];
  const random = Random.seeded(4, 'bytes');
  const bytes = Uint8Array.from({ length: sizeOf(dims) }, () => random.below(256));
  return {
    bytes,
    dims,
    values: float32(
      dims,
      Float32Array.from(bytes, (level) => level / 127.5 - 1),
    ),
  };
}

/** The largest difference, of the bytes and of the numbers. */
function differences(found: InferenceSession.OnnxValueMapType, examples: HostTensor, shape: ImageShape) {
  const expected = pixelsOf(examples, shape).data;
  const bytes = found.images?.data;
  if (!(bytes instanceof Uint8Array)) throw new Error('images are no bytes');
  expect(bytes.length).toBe(expected.length);
  // Images of a few colours would be alike whatever is wrong.
  if (shape.labelMap === undefined) expect(new Set(expected).size).toBeGreaterThan(20);
  const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
  const floats = found.images_float?.data;
  if (!(floats instanceof Float32Array)) throw new Error('images_float are no numbers');
  return { levels: largest(bytes, expected), values: largest(floats, examples.data) };
}

const isImage = (shape: { readonly kind: string }): shape is ImageShape => shape.kind === 'image';

describe('a generator', () => {
  it.each(latentFamilies)('of %s makes the same images for any number of latents', async (_, experiment) => {
    const { session, generator } = await exported(experiment);
    const { task, engine } = generator;
    const { size = 0, classes = 0 } = task.latents ?? {};
    if (!isImage(task.example)) throw new Error('no images');
    for (const count of [1, 3]) {
      const source = drawn(count, size);
      const classOf = Int32Array.from({ length: count }, (_, i) => (7 * i + 1) % Math.max(1, classes));
      const labels = classes === 0 ? {} : { labels: oneHot(classOf, classes) };
      const found = await session.run({
        latents: new Tensor('float32', Float32Array.from(source.data), [count, size]),
        ...(classes === 0
          ? {}
          : { class: new Tensor('int64', BigInt64Array.from(classOf, BigInt), [count]) }),
      });
      const { levels, values } = differences(
        found,
        await task.sample(engine, { source, ...labels }),
        task.example,
      );
      expect(values).toBeLessThan(1e-4);
      expect(levels).toBeLessThanOrEqual(1);
    }
  });

  it.each(imageFamilies)('of %s translates images', async (_, experiment, network) => {
    const { session, generator } = await exported(experiment, { network });
    const { task, engine } = generator;
    const from = Object.values(task.networks.find(({ name }) => name === network)?.inputs ?? {})[0];
    if (from?.kind !== 'examples' || !isImage(from.shape) || !isImage(task.example))
      throw new Error('no images');
    const { bytes, values: source, dims } = drawnBytes(2, from.shape);
    const found = await session.run({ input: new Tensor('uint8', bytes, dims) });
    const made =
      network === 'generator'
        ? await task.sample(engine, { source })
        : await task.reconstruct?.(engine, source);
    if (made === undefined) throw new Error('no way back');
    const { levels, values } = differences(found, made, task.example);
    expect(values).toBeLessThan(1e-4);
    expect(levels).toBeLessThanOrEqual(task.example.labelMap === undefined ? 1 : 0);
  });

  it('of label maps names the class of each channel', async () => {
    const { path } = await exported({
      data: { source: 'shapes', batchSize: 4, imageSize: 32 },
      generator: { network: 'unet', channels: 4 },
      discriminator: { network: 'patchgan', channels: 4, layers: 1 },
    });
    const model = (await readFile(path)).toString('latin1');
    expect(model).toMatch(/pixelClasses[^[]{1,8}\["background",("[a-z]+",?)+\]/);
  });

  it('of points makes points', async () => {
    const { session, generator } = await exported({
      data: { source: 'points2d', batchSize: 4 },
      generator: { network: 'mlp', hidden: [6] },
      discriminator: { network: 'mlp', hidden: [6] },
      latent: { size: 2 },
    });
    const source = drawn(3, 2);
    const found = await session.run({
      latents: new Tensor('float32', Float32Array.from(source.data), [3, 2]),
    });
    const expected = await generator.task.sample(generator.engine, { source });
    Array.from(expected.data).forEach((value, i) => {
      expect(Number(found.points?.data[i])).toBeCloseTo(value, 5);
    });
  });

  it('has its averaged weights, or those of the step if asked', async () => {
    const inputs = { latents: new Tensor('float32', Float32Array.from(drawn(1, 5).data), [1, 5]) };
    const averaged = await (await exported(images)).session.run(inputs);
    const { session, generator } = await exported(images, { isRaw: true });
    const raw = await session.run(inputs);
    const [network] = generator.task.networks;
    if (network === undefined) throw new Error('no generator');
    await generator.engine.compile(network.program(1, 'current'));
    const { examples } = await generator.engine.run('generator', { source: drawn(1, 5) });
    expect(differences(raw, examples ?? drawn(1), SMALL).values).toBeLessThan(1e-4);
    expect(raw.images_float?.data).not.toEqual(averaged.images_float?.data);
  });
});

describe('a discriminator', () => {
  it('judges images', async () => {
    const { session, generator } = await exported(
      { ...digits, conditioning: 'projection' },
      { network: 'discriminator' },
    );
    const { task, engine } = generator;
    if (!isImage(task.example)) throw new Error('no images');
    const { bytes, values, dims } = drawnBytes(3, task.example);
    const program = task.networks.find(({ name }) => name === 'discriminator')?.program(3, 'current');
    if (program === undefined) throw new Error('no discriminator');
    await engine.compile(program);
    const classOf = Int32Array.of(1, 0, 9);
    const expected = await engine.run('discriminator', { examples: values, labels: oneHot(classOf, 10) });
    const found = await session.run({
      images: new Tensor('uint8', bytes, dims),
      class: new Tensor('int64', BigInt64Array.from(classOf, BigInt), [3]),
    });
    expect(found.logits?.dims).toEqual([3, 1]);
    Array.from(expected.logits?.data ?? []).forEach((value, i) => {
      expect(Number(found.logits?.data[i])).toBeCloseTo(value, 3);
    });
  });

  it('with minibatch standard deviation has a form for any batch size', async () => {
    const discriminator = { ...dcgan.discriminator, minibatchStddev: 2 };
    const { session } = await exported({ ...images, discriminator }, { network: 'discriminator' });
    const { bytes, dims } = drawnBytes(3, SMALL);
    const { logits } = await session.run({ images: new Tensor('uint8', bytes, dims) });
    expect(logits?.dims).toEqual([3, 1]);
  });

  it('of pairs sees the input too, and has a logit for each patch', async () => {
    const experiment = { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan };
    const { session } = await exported(experiment, { network: 'discriminator' });
    expect(session.inputNames).toEqual(['images', 'input']);
    const { bytes, dims } = drawnBytes(2, { kind: 'image', height: 16, width: 16, channels: 3 });
    const image = new Tensor('uint8', bytes, dims);
    const { logits } = await session.run({ images: image, input: image });
    expect([logits?.dims[0], logits?.dims.length]).toEqual([2, 4]);
  });
});

describe('an export that cannot be made leaves nothing behind and says why', () => {
  const asked = { network: 'generator', isRaw: false, format: 'onnx', replaces: false } as const;

  it.each([
    ['a step without a checkpoint', { step: 3 }, 'has no checkpoint of step 3'],
    ['a way back that the run has not', { network: 'generatorBack' }, 'This run learns only one direction.'],
    ['Keras by another ending', { format: 'keras' }, 'Keras does not load models from a file named a.onnx.'],
  ] as const)('%s', async (_, options, message) => {
    const folder = await temporaryFolder();
    const runFolder = await checkpointedRun(folder, images);
    const path = join(folder, 'a.onnx');
    await expect(exportRun({ ...asked, runFolder, path, ...options })).rejects.toThrow(message);
    expect((await readdir(folder)).sort()).toEqual(['gan-runs']);
  });

  it('a file that exists, unless it may be replaced', async () => {
    const folder = await temporaryFolder();
    const runFolder = await checkpointedRun(folder, images);
    const path = join(folder, 'a.onnx');
    await exportRun({ ...asked, runFolder, path, step: CHECKPOINT_STEP });
    await expect(exportRun({ ...asked, runFolder, path })).rejects.toThrow('already exists');
    await exportRun({ ...asked, runFolder, path, replaces: true });
    expect(existsSync(path)).toBe(true);
  });
});
