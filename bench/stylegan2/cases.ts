/** The layers and networks of StyleGAN2 on random inputs and weights, with gradients: what `reference.py` computes too. */
import * as tf from '@tensorflow/tfjs-core';
import '../../src/nn/gradients';
import { openNativeEngine } from '../../src/engine/onnx/open-native';
import { pathLength } from '../../src/gan/generator-regularisers/path-length';
import { stylegan2Discriminator } from '../../src/gan/networks/stylegan2/discriminator';
import { stylegan2Generator } from '../../src/gan/networks/stylegan2/generator';
import { STYLES } from '../../src/gan/step/names';
import { recordProgram, type StepContext } from '../../src/gan/step/recorded-program';
import { drawInputs } from '../../src/gan/step/run-program';
import {
  addNoise,
  downsampleFir,
  equalisedConv2d,
  equalisedDense,
  minibatchStddev,
  modulatedConv2d,
  pixelNorm,
  scaledLeakyRelu,
  upsampleFir,
} from '../../src/nn/layers';
import { applyNetwork, declareNetwork } from '../../src/nn/parameters';
import type { Network } from '../../src/nn/scope';
import { Random } from '../../src/random/random';
import { float32, type HostTensor, sizeOf } from '../../src/shared/host-tensor';

interface Case {
  readonly network: Network;
  /** Shape of the input. */
  readonly input: readonly number[];
  /** Computes the penalty on paths in place of a weighted sum of the output. */
  readonly isPathLength?: true;
}

const example = { kind: 'image', height: 16, width: 24, channels: 3 } as const;
const context = { example, latentSize: 8 };
const channels = [10, 8, 6];
const generator = stylegan2Generator.build(
  stylegan2Generator.options.parse({ channels, mappingLayers: 3, styleMixing: 0.5 }),
  context,
);
const discriminator = stylegan2Discriminator.build(
  stylegan2Discriminator.options.parse({ channels: channels.toReversed(), minibatchStddev: 4 }),
  context,
);

/** A layer whose style is a dense layer of the mean of its input. */
const modulated =
  (options: Parameters<typeof modulatedConv2d>[4]): Network =>
  (scope, x) =>
    modulatedConv2d(
      scope,
      'conv',
      x,
      equalisedDense(scope, 'affine', tf.mean(x, [1, 2]), { units: x.shape[3] ?? 1, bias: 1 }),
      options,
    );

const IMAGES = [3, 6, 8, 5];

const CASES: Readonly<Record<string, Case>> = {
  dense: {
    input: [4, 6],
    network: (scope, x) => equalisedDense(scope, 'dense', x, { units: 5, bias: 1, learningRateFactor: 0.01 }),
  },
  convolution: {
    input: IMAGES,
    network: (scope, x) => equalisedConv2d(scope, 'conv', x, { filters: 4, kernelSize: 3 }),
  },
  'halving convolution': {
    input: IMAGES,
    network: (scope, x) => equalisedConv2d(scope, 'conv', x, { filters: 4, kernelSize: 3, halves: true }),
  },
  'modulated convolution': { input: IMAGES, network: modulated({ filters: 4, kernelSize: 3 }) },
  'doubling modulated convolution': {
    input: IMAGES,
    network: modulated({ filters: 4, kernelSize: 3, doubles: true }),
  },
  'convolution to an image': {
    input: IMAGES,
    network: modulated({ filters: 3, kernelSize: 1, demodulates: false }),
  },
  upsampling: { input: IMAGES, network: (_scope, x) => upsampleFir(x) },
  downsampling: { input: IMAGES, network: (_scope, x) => downsampleFir(x) },
  noise: { input: IMAGES, network: (scope, x) => addNoise(scope, 'noise', x) },
  activation: { input: [4, 6], network: (_scope, x) => scaledLeakyRelu(pixelNorm(x)) },
  'minibatch standard deviation': {
    input: [8, 4, 6, 5],
    network: (scope, x) => minibatchStddev(scope, 'stddev', x, { groupSize: 4 }),
  },
  generator: { input: [4, 8], network: generator },
  discriminator: { input: [8, 16, 24, 3], network: discriminator },
  'path length': { input: [4, 8], network: generator, isPathLength: true },
};

/** Every tensor of every case by `<case>:<kind> <name>`: leaves, input, draws, weights of the sum, value, gradients. */
export async function computedCases(): Promise<Record<string, HostTensor>> {
  const all: Record<string, HostTensor> = {};
  for (const [name, each] of Object.entries(CASES))
    for (const [tensor, value] of Object.entries(await computed(name, each)))
      all[`${name}:${tensor}`] = value;
  return all;
}

async function computed(name: string, each: Case): Promise<Record<string, HostTensor>> {
  const random = Random.seeded(5, name);
  const normal = (shape: readonly number[]): HostTensor =>
    float32(shape, random.fillNormal(new Float32Array(sizeOf(shape))));
  const declared = declareNetwork(each.network, 'n', each.input);
  const trained = declared.leaves.filter((leaf) => leaf.trained).map((leaf) => leaf.name);
  const leaves = Object.fromEntries(declared.leaves.map((leaf) => [leaf.name, normal(leaf.shape)]));
  const specs = Object.fromEntries(
    Object.entries(leaves).map(([leaf, { shape }]) => [leaf, { shape, dtype: 'float32' as const }]),
  );
  const program = recordProgram(name, specs, (step) => {
    const input = step.input('input', { shape: each.input, dtype: 'float32' });
    const variables = [...(each.isPathLength ? [] : [input]), ...trained.map((leaf) => step.leaf(leaf))];
    const weights = step.input('weights', { shape: declared.outputShape, dtype: 'float32' });
    const { grads } = tf.valueAndGrads((...given: tf.Tensor[]) => {
      const x = each.isPathLength ? input : (given[0] ?? input);
      const parameters = given.slice(each.isPathLength ? 0 : 1);
      const present = Object.fromEntries(declared.leaves.map((leaf) => [leaf.name, step.leaf(leaf.name)]));
      trained.forEach((leaf, i) => {
        present[leaf] = parameters[i] ?? step.leaf(leaf);
      });
      const apply = (styles?: (made: tf.Tensor) => tf.Tensor): tf.Tensor =>
        applyNetwork(each.network, 'n', x, present, 'train', {
          random: step.random,
          replaceTap: (tap, value) => (tap === STYLES && styles !== undefined ? styles(value) : value),
        });
      const value = each.isPathLength ? pathPenalty(step, each.input[0] ?? 1, apply) : apply();
      step.output('value', value);
      const sum = each.isPathLength ? value : tf.sum(tf.mul(value, weights));
      return tf.reshape<tf.Rank.R0>(tf.add(sum, nothingOf(given)), []);
    })(variables);
    const names = [...(each.isPathLength ? [] : ['input']), ...trained];
    names.forEach((variable, i) => {
      const gradient = grads[i];
      if (gradient !== undefined) step.output(`gradient ${variable}`, gradient);
    });
  });
  const draws = drawInputs(program, random);
  const inputs = { input: normal(each.input), weights: normal(declared.outputShape) };
  const engine = await openNativeEngine(1);
  try {
    engine.write(leaves);
    await engine.compile(program);
    const supplied = Object.entries(inputs).filter(([input]) => program.supplied.includes(input));
    const outputs = await engine.run(program.name, { ...draws, ...Object.fromEntries(supplied) });
    return {
      ...prefixed('leaf', leaves),
      ...prefixed('draw', draws),
      ...inputs,
      ...outputs,
    };
  } finally {
    await engine.dispose();
  }
}

/** 0, with a gradient of 0 for variables on which the rest does not depend, which tfjs would refuse. */
function nothingOf(variables: readonly tf.Tensor[]): tf.Tensor {
  return variables.reduce((sum, variable) => tf.add(sum, tf.mul(tf.sum(variable), 0)), tf.scalar(0));
}

/** With a running mean of 0.5 so far, for the whole batch. */
function pathPenalty(
  step: StepContext,
  batch: number,
  apply: (styles: (made: tf.Tensor) => tf.Tensor) => tf.Tensor,
): tf.Tensor {
  return pathLength.penalty(
    {
      random: (name, shape, distribution) => step.random(`path/${name}`, shape, distribution),
      batchSize: 2 * batch,
      generate: (_count, styles) => apply(styles),
      weight: (option) => (typeof option === 'number' ? option : Number.NaN),
      kept: () => tf.scalar(0.5),
      keep: () => undefined,
    },
    { weight: 2, decay: 0.01 },
  );
}

function prefixed(kind: string, tensors: Readonly<Record<string, HostTensor>>): Record<string, HostTensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, value]) => [`${kind} ${name}`, value]));
}
