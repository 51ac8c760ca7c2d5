import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { decorateScope } from '../../nn/decorate-scope';
import { normalOf } from '../../nn/initialisers';
import type { Scope } from '../../nn/scope';
import { stopGradient } from '../../nn/stop-gradient';
import { defineRegulariser } from './regulariser';

/** Keeps the division by a norm finite. */
const EPSILON = 1e-12;

/** Bounds the slope of every layer by 1, dividing each weight matrix by its largest singular value. */
export const spectralNorm = defineRegulariser({
  name: 'spectral-norm',
  title: 'Spectral normalisation',
  description:
    'Divides each weight matrix of the discriminator by its largest singular value, which makes the discriminator Lipschitz continuous. Cheap: one power iteration per use. Typically used with "hinge".',
  paper:
    'Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks", equation 8 and algorithm 1',
  formula: 'W / σ(W), σ(W) = vᵀ·W·u with v ← W·u / ‖W·u‖, u ← Wᵀ·v / ‖Wᵀ·v‖',
  options: z.strictObject({}),
  network: (discriminator) => (scope, input) =>
    discriminator(
      decorateScope(scope, (inner) => ({
        parameter(name, shape, initialiser, gain) {
          const kernel = inner.parameter(name, shape, initialiser, gain);
          return shape.length < 2 ? kernel : tf.div(kernel, spectralNormOf(inner, name, kernel));
        },
      })),
      input,
    ),
});

/**
 * Largest singular value of a kernel reshaped to `[all but the last axis, out]`, a scalar. In training, the vector
 * `<name>.spectralVector` advances by one power iteration; both vectors are constant for the gradient.
 */
function spectralNormOf(scope: Scope, name: string, kernel: tf.Tensor): tf.Tensor {
  const out = kernel.shape.at(-1) ?? 1;
  const matrix = tf.reshape(kernel, [-1, out]);
  const vectorName = `${name}.spectralVector`;
  const stored = tf.reshape(scope.statistic(vectorName, [out], normalOf(1)), [out, 1]);
  const left = stopGradient((w, u) => unit(tf.matMul(w, u)), [matrix, stored]);
  if (scope.mode === 'sample') return normOf(matrix, left, stopGradient(unit, [stored]));
  const right = stopGradient((w, v) => unit(tf.matMul(w, v, true)), [matrix, left]);
  scope.updateStatistic(vectorName, tf.reshape(right, [out]));
  return normOf(matrix, left, right);
}

function normOf(matrix: tf.Tensor, left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  return tf.add(tf.sum(tf.mul(left, tf.matMul(matrix, right))), EPSILON);
}

function unit(vector: tf.Tensor): tf.Tensor {
  return tf.div(vector, tf.add(tf.sqrt(tf.sum(tf.square(vector))), EPSILON));
}
