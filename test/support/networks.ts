/** Runs a network with its gradients, or layers with second derivatives, on the compiled engine and on the oracle. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../../src/engine/engine';
import { openNativeEngine } from '../../src/engine/onnx/open-native';
import type { LeafDeclaration } from '../../src/nn/parameters';
import { applyNetwork, declareNetwork, initialLeaves } from '../../src/nn/parameters';
import type { Network, NetworkMode, Scope } from '../../src/nn/scope';
import { Random } from '../../src/random/random';
import type { HostTensor } from '../../src/shared/host-tensor';
import { float32, sizeOf } from '../../src/shared/host-tensor';
import { type Compared, openOracle, randomTensor } from './engines';

export interface NetworkCase {
  readonly network: Network;
  readonly input: readonly number[];
  readonly mode?: NetworkMode;
  /** Number of classes with their own scale and shift in normalisation layers. */
  readonly classes?: number;
  /** Adds the gradients of the squared norm of the input gradient, as gradient penalties need them. */
  readonly second?: boolean;
}

const ROOT = 'network';

/** Makes a network normalise by class. */
function byClass(network: Network): Network {
  const told = (scope: Scope): Scope => ({
    ...scope,
    normaliseByClass: true,
    layer: (name, body) => scope.layer(name, (inner) => body(told(inner))),
  });
  return (scope, input) => network(told(scope), input);
}

/** Returns the output, taps, updated statistics and the gradients of a weighted sum of the output, on both engines. */
export async function networkOnBoth({
  network: given,
  input,
  mode = 'train',
  classes = 0,
  second = false,
}: NetworkCase): Promise<Compared & { readonly taps: readonly string[]; readonly outputShape: number[] }> {
  const network = classes > 0 ? byClass(given) : given;
  const random = Random.seeded(3, 'network test');
  const declaration = declareNetwork(network, ROOT, input, { classes });
  const state = disturbed(declaration.leaves, random);
  const trained = declaration.leaves.filter((leaf) => leaf.trained).map(({ name }) => name);
  const batch = input[0] ?? 1;
  const values: Record<string, HostTensor> = {
    input: randomTensor({ shape: input, dtype: 'float32' }, random),
    weights: randomTensor({ shape: declaration.outputShape, dtype: 'float32' }, random),
  };
  if (classes > 0) values.labels = oneHot(batch, classes);
  const program: Program = {
    name: 'network',
    reads: declaration.leaves.map(({ name }) => name),
    writes: [],
    inputs: Object.fromEntries(
      Object.entries(values).map(([name, { shape }]) => [name, { shape, dtype: 'float32' as const }]),
    ),
    build(leaves, inputs) {
      const outputs: Tensors = {};
      const of = (tensors: Tensors, name: string): tf.Tensor => {
        const tensor = tensors[name];
        if (tensor === undefined) throw new Error(`no tensor ${name}`);
        return tensor;
      };
      const weightedSum = (x: tf.Tensor, parameters: readonly tf.Tensor[]): tf.Scalar => {
        const named = { ...leaves };
        trained.forEach((name, i) => {
          const parameter = parameters[i];
          if (parameter !== undefined) named[name] = parameter;
        });
        let draws = 0;
        const output = applyNetwork(network, ROOT, x, named, mode, {
          labels: inputs.labels,
          random: (_name, shape) => drawn(shape, draws++),
          onTap: (name, value) => {
            outputs[`tap ${name}`] = tf.keep(value);
          },
          onStatistic: (name, value) => {
            outputs[`statistic ${name}`] = tf.keep(value);
          },
        });
        outputs.value = tf.keep(output);
        return tf.reshape<tf.Rank.R0>(tf.sum(tf.mul(output, of(inputs, 'weights'))), []);
      };
      const record = (label: string, gradients: readonly tf.Tensor[]): void =>
        ['input', ...trained].forEach((name, i) => {
          const gradient = gradients[i];
          if (gradient !== undefined) outputs[`${label} ${name}`] = gradient;
        });
      const variables = [of(inputs, 'input'), ...trained.map((name) => of(leaves, name))];
      const loss = (...[x, ...parameters]: tf.Tensor[]): tf.Scalar =>
        weightedSum(x ?? of(inputs, 'input'), parameters);
      record('gradient of', tf.grads(loss)(variables));
      if (second) {
        const penalty = (...[x, ...parameters]: tf.Tensor[]): tf.Scalar => {
          const slope = tf.grad((at: tf.Tensor) => weightedSum(at, parameters))(x ?? of(inputs, 'input'));
          return tf.reshape<tf.Rank.R0>(tf.sum(tf.square(slope)), []);
        };
        // The additive term of an affine layer has no second derivative.
        const withSecond = variables.filter((_, i) => i === 0 || !/(beta|bias)$/.test(trained[i - 1] ?? ''));
        tf.grads((...some: tf.Tensor[]) => {
          let next = 0;
          return penalty(
            ...variables.map((variable) =>
              withSecond.includes(variable) ? (some[next++] ?? variable) : variable,
            ),
          );
        })(withSecond).forEach((gradient, i) => {
          outputs[`second derivative ${i}`] = gradient;
        });
      }
      return { state: {}, outputs };
    },
  };
  const run = async (
    engine: Awaited<ReturnType<typeof openNativeEngine>> | ReturnType<typeof openOracle>,
  ) => {
    try {
      engine.write(state);
      await engine.compile(program);
      return await engine.run(program.name, values);
    } finally {
      await engine.dispose();
    }
  };
  return {
    compiled: await run(await openNativeEngine(1)),
    oracle: await run(openOracle()),
    taps: declaration.taps,
    outputShape: [...declaration.outputShape],
  };
}

/** Initial values with noise added, so that no gradient vanishes because a layer is initialised to zero. */
function disturbed(leaves: readonly LeafDeclaration[], random: Random): Record<string, HostTensor> {
  const state = initialLeaves(leaves, random);
  for (const { name, shape, trained } of leaves) {
    const tensor = state[name];
    if (tensor === undefined || !trained) continue;
    const noise = random.fillNormal(new Float32Array(sizeOf(shape)), 0.05);
    state[name] = float32(
      shape,
      noise.map((value, i) => value + (tensor.data[i] ?? 0)),
    );
  }
  return state;
}

function oneHot(rows: number, classes: number): HostTensor {
  return float32(
    [rows, classes],
    Float32Array.from({ length: rows * classes }, (_, i) =>
      i % classes === Math.floor(i / classes) % classes ? 1 : 0,
    ),
  );
}

/** Uniform random numbers as a constant of the program. */
function drawn(shape: readonly number[], seed: number): tf.Tensor {
  const values = Random.seeded(seed, 'draws').fillUniform(new Float32Array(sizeOf(shape)), 0, 1);
  return tf.tensor(values, [...shape]);
}
