/** The program of an inversion: a step of Adam on latents, down the gradient of their images' difference from a target. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../engine/engine';
import type { FeatureLayers } from '../evaluation/features/feature-network';
import { SAMPLE_INPUTS } from '../gan/programs';
import { type AdamSettings, adamUpdate } from '../nn/adam';
import '../nn/gradients';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import type { HostTensors } from '../shared/host-tensor';
import type { Latents } from '../training/task';

export const DESCENT = 'invert';
export const DESCENT_LEAVES = {
  latent: 'inversion/latent',
  mean: 'inversion/mean',
  variance: 'inversion/variance',
} as const;
export const DESCENT_ADAM: AdamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Weight of the mean square of a normal latent, which keeps it where the prior has its mass. */
const PRIOR_WEIGHT = 1e-4;
/** Weight of the relative difference of activations; a larger one costs more than a tenth of a decibel on digits. */
export const FEATURE_WEIGHT = 0.1;
/** Keeps the relative difference of a layer finite that is not active for the target. */
const LEAST_ACTIVITY = 1e-6;
/** Of the weights of the feature network among the leaves of the engine. */
const FEATURE_LEAVES = 'inversion/features/';

interface DescentParts {
  /** Makes `examples` of `source`. */
  readonly generate: Program;
  readonly shape: ImageShape;
  readonly prior: Latents['prior'];
  /** A network by whose layers images are compared too. */
  readonly features: FeatureLayers | undefined;
}

/** The feature network's weights as leaves of the engine. */
export function featureLeaves({ weights }: FeatureLayers): HostTensors {
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [`${FEATURE_LEAVES}${name}`, weight]),
  );
}

/**
 * Reads and writes `DESCENT_LEAVES`, each `[starts, size]`. Its outputs are of the latents before the step, each
 * `[starts]`: `pixels`, the mean squared difference from the target, and `features`, the same of the layers' activations
 * relative to the target's, averaged over layers (0 without a feature network).
 */
export function descentProgram({ generate, shape, prior, features }: DescentParts): Program {
  const { [SAMPLE_INPUTS.source]: _, ...others } = generate.inputs;
  const leaves = Object.values(DESCENT_LEAVES);
  const weightNames = features === undefined ? [] : Object.keys(features.weights);
  return {
    name: DESCENT,
    reads: [...generate.reads, ...leaves, ...weightNames.map((name) => `${FEATURE_LEAVES}${name}`)],
    writes: leaves,
    inputs: {
      ...others,
      target: { shape: [1, ...exampleExtents(shape)], dtype: 'float32' },
      stepSize: { shape: [], dtype: 'float32' },
      epsilon: { shape: [], dtype: 'float32' },
    },
    build(state, inputs) {
      const target = given(inputs, 'target');
      const latent = given(state, DESCENT_LEAVES.latent);
      const weights = Object.fromEntries(
        weightNames.map((name) => [name, given(state, `${FEATURE_LEAVES}${name}`)]),
      );
      const errorsOf = (z: tf.Tensor) => {
        const { outputs } = generate.build(state, { ...inputs, [SAMPLE_INPUTS.source]: z });
        const images = given(outputs, 'examples');
        const activations = (shown: tf.Tensor): readonly tf.Tensor[] =>
          features?.activations(weights, shown) ?? [];
        return {
          pixels: meanSquares(tf.sub(images, target)),
          features: relativeDifference(activations(images), activations(target)),
        };
      };
      const gradient = tf.grad((z) => {
        const errors = errorsOf(z);
        const unlikely = prior === 'normal' ? tf.mul(meanSquares(z), PRIOR_WEIGHT) : tf.scalar(0);
        return tf.sum(
          tf.addN([tf.sum(errors.pixels), tf.mul(tf.sum(errors.features), FEATURE_WEIGHT), tf.sum(unlikely)]),
        );
      })(latent);
      const updated = adamUpdate(
        {
          parameter: latent,
          mean: given(state, DESCENT_LEAVES.mean),
          variance: given(state, DESCENT_LEAVES.variance),
        },
        gradient,
        DESCENT_ADAM,
        { stepSize: given(inputs, 'stepSize'), epsilon: given(inputs, 'epsilon') },
      );
      const within =
        prior === 'normal' ? updated.parameter : tf.maximum(tf.minimum(updated.parameter, 1), -1);
      return {
        state: {
          [DESCENT_LEAVES.latent]: within,
          [DESCENT_LEAVES.mean]: updated.mean,
          [DESCENT_LEAVES.variance]: updated.variance,
        },
        outputs: errorsOf(latent),
      };
    },
  };
}

function given(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new RangeError(`the program was not given ${name}`);
  return tensor;
}

/** `[count, ...]` to `[count]`. */
function meanSquares(values: tf.Tensor): tf.Tensor {
  return tf.mean(tf.reshape(tf.square(values), [values.shape[0] ?? 0, -1]), 1);
}

/** `[count]`, of layers `[count, ...]` and those of one target `[1, ...]`. */
function relativeDifference(made: readonly tf.Tensor[], wanted: readonly tf.Tensor[]): tf.Tensor {
  const differences = made.map((layer, i) => {
    const target = wanted[i] ?? layer;
    const activity = tf.add(tf.mean(tf.square(target)), LEAST_ACTIVITY);
    return tf.div(meanSquares(tf.sub(layer, target)), activity);
  });
  return differences.length === 0 ? tf.scalar(0) : tf.div(tf.addN(differences), differences.length);
}
