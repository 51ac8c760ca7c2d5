/** Exported SavedModels, run by TensorFlow in Python, make what the workbench makes of the same inputs. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { runPython } from '../../test/support/run-python';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { oneHot } from '../gan/step/class-labels';
import { pixelsOf } from '../pictures/pixels';
import { Random } from '../random/random';
import { openGenerator } from '../session/stored-run';
import { exampleExtents } from '../shared/example-shape';
import { float32, type HostTensor, sizeOf } from '../shared/host-tensor';
import { exportRun } from './export-run';

/** A Python with TensorFlow, which `npm run test:tensorflow` supplies. */
const python = process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON;
const COUNT = 3;

const dcgan = {
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 4, batchNorm: true },
};
const images = { data: folderData(), latent: { size: 5 }, ...dcgan };
const digits = { ...images, data: { source: 'digits', batchSize: 4 } };
const patchgan = { network: 'patchgan', channels: 3, layers: 1 };

const families: readonly (readonly [string, object])[] = [
  ['transposed convolutions', images],
  ['sub-pixel convolution', { ...images, generator: { ...dcgan.generator, upsampling: 'sub-pixel' } }],
  ['nearest-neighbour upsampling', { ...images, generator: { ...dcgan.generator, upsampling: 'nearest' } }],
  ['instance normalisation', { ...images, generator: { ...dcgan.generator, norm: 'instance' } }],
  ['the textbook', { ...digits, generator: { network: 'dcgan-textbook' } }],
  [
    'residual blocks and attention',
    { ...images, generator: { network: 'resnet', channels: [8, 8, 8], attention: 1 } },
  ],
  [
    'classes in batch normalisation',
    { ...digits, conditioning: { name: 'projection', generator: 'batch-norm' } },
  ],
  [
    'a U-Net',
    {
      data: folderData({ source: 'pairs', imageSize: 16 }),
      generator: { network: 'unet', channels: 4 },
      discriminator: patchgan,
    },
  ],
  [
    'super-resolution',
    {
      data: folderData({ imageSize: 16, superResolution: 2 }),
      generator: { network: 'srresnet', channels: 4, blocks: 1 },
      discriminator: patchgan,
    },
  ],
  [
    'a label map',
    {
      data: { source: 'shapes', batchSize: 4, imageSize: 32 },
      generator: { network: 'unet', channels: 4 },
      discriminator: patchgan,
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
];

/** Converting takes seconds for each. */
const CONVERTED = ['transposed convolutions', 'classes in batch normalisation', 'super-resolution'];

type Nested = number | readonly Nested[];
const nested: z.ZodType<Nested> = z.lazy(() => z.union([z.number(), z.array(nested)]));
const answers = z.array(z.record(z.string(), z.union([nested, z.array(z.string())])));

function listed(values: ArrayLike<number>, [extent = 1, ...inner]: readonly number[]): Nested {
  if (inner.length === 0) return Array.from({ length: extent }, (_, i) => values[i] ?? 0);
  const size = sizeOf(inner);
  const all = Array.from(values);
  return Array.from({ length: extent }, (_, i) => listed(all.slice(i * size, (i + 1) * size), inner));
}

interface Exported {
  readonly model: string;
  readonly inputs: Readonly<Record<string, Nested>>;
  /** Floats, and the bytes of images. */
  readonly expected: readonly (readonly [string, ArrayLike<number>, number])[];
}

async function exported(folder: string, experiment: object): Promise<Exported> {
  const runFolder = await checkpointedRun(folder, experiment);
  const model = join(folder, 'model');
  await exportRun({
    runFolder,
    format: 'savedmodel',
    path: model,
    network: 'generator',
    isRaw: false,
    replaces: false,
  });
  const generator = await openGenerator(runFolder);
  onTestFinished(() => generator.close());
  const { task, engine } = generator;
  const { source, given } = inputsOf(
    Object.values(task.networks[0]?.inputs ?? {})[0],
    task.latents?.size ?? 0,
  );
  const classes = task.latents?.classes ?? 0;
  const classOf = Int32Array.from({ length: COUNT }, (_, i) => (7 * i + 1) % Math.max(1, classes));
  const labels = classes === 0 ? {} : { labels: oneHot(classOf, classes) };
  const made = await task.sample(engine, { source, ...labels });
  const { example } = task;
  return {
    model,
    inputs: { ...given, ...(classes === 0 ? {} : { classes: Array.from(classOf) }) },
    expected:
      example.kind === 'points'
        ? [['points', made.data, 1e-4]]
        : [
            ['images_float', made.data, 1e-4],
            ['images', pixelsOf(made, example).data, example.labelMap === undefined ? 1 : 0],
          ],
  };
}

function inputsOf(
  input: Awaited<ReturnType<typeof openGenerator>>['task']['networks'][number]['inputs'][string] | undefined,
  latents: number,
): { readonly source: HostTensor; readonly given: Readonly<Record<string, Nested>> } {
  const random = Random.seeded(3, 'inputs');
  if (input?.kind !== 'examples') {
    const shape = [COUNT, latents];
    const source = float32(shape, random.fillNormal(new Float32Array(sizeOf(shape))));
    return { source, given: { latents: listed(source.data, shape) } };
  }
  const shape = [COUNT, ...exampleExtents(input.shape)];
  const levels = Float32Array.from({ length: sizeOf(shape) }, () => random.below(256));
  return {
    source: float32(
      shape,
      levels.map((level) => level / 127.5 - 1),
    ),
    given: { input: listed(levels, shape) },
  };
}

const flat = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];

describe.runIf(python !== undefined)('SavedModels in tensorflow', () => {
  it.each([
    ['TensorFlow', families, []],
    ['TFLite', families.filter(([name]) => CONVERTED.includes(name)), ['--tflite']],
  ] as const)('%s makes the same of each network', async (_reader, families, options) => {
    const folder = await temporaryFolder();
    const calls: Exported[] = [];
    for (const [i, [, experiment]] of families.entries())
      calls.push(await exported(join(folder, String(i)), experiment));
    const file = join(folder, 'calls.json');
    await writeFile(file, JSON.stringify(calls.map(({ model, inputs }) => ({ model, inputs }))));
    const script = resolve('bench/exports/savedmodel.py');
    const stdout = await runPython(python ?? '', [script, file, ...options]);
    const found = answers.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    for (const [i, { expected }] of calls.entries())
      for (const [name, values, tolerance] of expected) {
        const given = flat(found[i]?.[name]).map(Number);
        expect(given.length, `${families[i]?.[0]}: ${name}`).toBe(values.length);
        const largest = given.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - (values[at] ?? 0))),
          0,
        );
        expect(largest, `${families[i]?.[0]}: ${name}`).toBeLessThanOrEqual(tolerance);
      }
    if (options.length === 0) expect(found[0]?.variables).toContain('generator/toImage/kernel:0');
  });
});

it.skipIf(python !== undefined)(
  'SavedModels are not read: `npm run test:tensorflow` supplies Python',
  () => undefined,
);
