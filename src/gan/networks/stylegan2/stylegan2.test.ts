import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyNetwork, declareNetwork, initialLeaves } from '../../../nn/parameters';
import type { Distribution, NetworkMode } from '../../../nn/scope';
import { Random } from '../../../random/random';
import { stylegan2Discriminator } from './discriminator';
import { stylegan2Generator } from './generator';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const SIZE = 4;
const example = { kind: 'image', height: 8, width: 12, channels: 3 } as const;
const context = { example, latentSize: SIZE };

const latents = (rows: number, columns = SIZE): tf.Tensor =>
  tf.tensor2d(Random.seeded(7, 'latents').fillNormal(new Float32Array(rows * columns)), [rows, columns]);

interface Applied {
  readonly styles: number[][][];
  readonly images: tf.Tensor;
  readonly average: tf.Tensor | undefined;
}

/** Applies a generator of two sizes, thus of four styles, with its initial leaves. */
function generate(
  input: tf.Tensor,
  {
    mode = 'train',
    styleMixing = 0,
    draws = {},
    average,
    truncation,
  }: {
    readonly mode?: NetworkMode;
    readonly styleMixing?: number;
    readonly draws?: Readonly<Record<string, readonly number[]>>;
    readonly average?: readonly number[];
    readonly truncation?: number;
  } = {},
): Applied {
  const options = { channels: [3, 5], mappingLayers: 2, styleMixing };
  const network = stylegan2Generator.build(stylegan2Generator.options.parse(options), context);
  const { leaves } = declareNetwork(network, 'n', input.shape);
  const values = initialLeaves(leaves, Random.seeded(2, 'stylegan2'));
  const tensors = Object.fromEntries(
    Object.entries(values).map(([name, { data, shape }]) => [
      name,
      name === 'n/mapping/average' && average !== undefined
        ? tf.tensor1d([...average])
        : tf.tensor(data, [...shape], 'float32'),
    ]),
  );
  let styles: number[][][] = [];
  let updated: tf.Tensor | undefined;
  const random = (name: string, shape: readonly number[], _distribution: Distribution): tf.Tensor =>
    draws[name] === undefined ? tf.zeros([...shape]) : tf.tensor([...draws[name]], [...shape]);
  const images = applyNetwork(network, 'n', input, tensors, mode, {
    ...(mode === 'train' ? { random } : {}),
    onTap(name, value) {
      if (name === 'styles')
        styles = tf.reshape<tf.Rank.R3>(value, [input.shape[0] ?? 0, 4, SIZE]).arraySync();
    },
    onStatistic(name, value) {
      if (name === 'n/mapping/average') updated = value;
    },
    ...(truncation === undefined ? {} : { truncation: tf.scalar(truncation) }),
  });
  return { styles, images, average: updated };
}

const near = (row: readonly number[] | undefined): unknown => row?.map((value) => expect.closeTo(value, 4));

describe('the generator of StyleGAN2', () => {
  it('makes images that are not square, from a learned one of a smaller size', () => {
    const { images, styles } = generate(latents(2));
    expect(images.shape).toEqual([2, 8, 12, 3]);
    // Without mixing, all layers of an image have the same style.
    for (const [first, ...others] of styles) expect(others).toEqual([first, first, first]);
    expect(styles[0]).not.toEqual(styles[1]);
  });

  it('depends on the direction of a latent alone', () => {
    const z = latents(2);
    const difference = tf.max(tf.abs(tf.sub(generate(z).images, generate(tf.mul(z, 3)).images)));
    expect(difference.dataSync()[0]).toBeLessThan(1e-4);
  });

  it('mixes the styles of two latents from a drawn layer on, for a share of the images', () => {
    const draws = {
      'n/mixing/latents': Array.from(latents(4).dataSync()),
      // Below the share for the first three images.
      'n/mixing/chance': [0.1, 0.2, 0.69, 0.7],
      // The first of four layers is never mixed: layers 1, 2 and 3 are a third of the draws each.
      'n/mixing/crossover': [0, 0.4, 0.99, 0],
    };
    const { styles: own } = generate(latents(4));
    const first = tf.tensor2d(Random.seeded(8, 'first').fillNormal(new Float32Array(16)), [4, SIZE]);
    const { styles: alone } = generate(first);
    const { styles } = generate(first, { styleMixing: 0.7, draws });
    const isSecond = styles.map((layers, image) =>
      layers.map((style, layer) => {
        const from = [alone, own].map((each) => each[image]?.[layer] ?? []);
        expect(
          from.map((row) => row.every((value, i) => Math.abs(value - (style[i] ?? 0)) < 1e-5)),
        ).toContain(true);
        return from[1]?.every((value, i) => Math.abs(value - (style[i] ?? 0)) < 1e-5);
      }),
    );
    expect(isSecond).toEqual([
      [false, true, true, true],
      [false, false, true, true],
      [false, false, false, true],
      [false, false, false, false],
    ]);
  });

  it('keeps a running average of w, and moves samples towards it by ψ', () => {
    const past = [1, -1, 0.5, 2];
    const { styles, average } = generate(latents(2), { average: past });
    const mean = past.map((_, i) => ((styles[0]?.[0]?.[i] ?? 0) + (styles[1]?.[0]?.[i] ?? 0)) / 2);
    expect([...(average?.dataSync() ?? [])]).toEqual(
      near(past.map((value, i) => 0.995 * value + 0.005 * (mean[i] ?? 0))),
    );
    const sampled = generate(latents(2), { mode: 'sample', average: past });
    expect(sampled.styles[1]?.[3]).toEqual(near(styles[1]?.[0]));
    const half = generate(latents(2), { mode: 'sample', average: past, truncation: 0.5 });
    expect(half.styles[1]?.[3]).toEqual(
      near(past.map((value, i) => (value + (styles[1]?.[0]?.[i] ?? 0)) / 2)),
    );
  });

  it('when sampling, makes the same image of a latent every time, without random numbers', () => {
    const [first, second] = [0, 1].map(() => generate(latents(2), { mode: 'sample', styleMixing: 0.9 }));
    expect([...(first?.images.dataSync() ?? [])]).toEqual([...(second?.images.dataSync() ?? [])]);
  });

  it('embeds classes beside the latent', () => {
    const z = latents(2);
    const classes = (...of: number[]): tf.Tensor => tf.oneHot(tf.tensor1d(of, 'int32'), 3);
    const withClasses = (...of: number[]) => generate(tf.concat([z, tf.cast(classes(...of), 'float32')], 1));
    const [same, other] = [withClasses(0, 1), withClasses(0, 2)];
    expect(other.styles[0]).toEqual(same.styles[0]);
    expect(other.styles[1]).not.toEqual(same.styles[1]);
  });
});

it('the discriminator of StyleGAN2 judges images that are not square', () => {
  const network = stylegan2Discriminator.build(
    stylegan2Discriminator.options.parse({ channels: [4, 6], minibatchStddev: 2 }),
    context,
  );
  const { leaves, outputShape, taps } = declareNetwork(network, 'n', [2, 8, 12, 3]);
  expect(outputShape).toEqual([2, 1]);
  expect(taps).toEqual(['hidden1', 'hidden2', 'features']);
  expect(Object.fromEntries(leaves.map(({ name, shape }) => [name, shape]))).toMatchObject({
    'n/block1/conv1/kernel': [3, 3, 4, 4],
    'n/block1/conv2/kernel': [3, 3, 4, 6],
    'n/block1/shortcut/kernel': [1, 1, 4, 6],
    // One channel more for the standard deviation.
    'n/last/kernel': [3, 3, 7, 6],
    'n/dense/kernel': [4 * 6 * 6, 6],
  });
});
