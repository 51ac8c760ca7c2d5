/** Class labels as network inputs: one-hot, concatenated with the other inputs. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scope } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';

/** Returns `[batch, classes]`; throws `WorkbenchError` if the examples have no labels. */
export function classesOf({ labels }: Scope): tf.Tensor {
  if (labels === undefined)
    throw new WorkbenchError(
      localizable('"conditioning" needs class labels, but the data has none.'),
      localizable('Use data with labels, or remove "conditioning".'),
    );
  return labels;
}

/**
 * Returns `[batch, features + classes]` for vectors; `[batch, height, width, channels + classes]` for images, with
 * constant planes of 0 or 1.
 */
export function besideClasses(scope: Scope, x: tf.Tensor): tf.Tensor {
  const labels = classesOf(scope);
  if (x.rank === 2) return tf.concat([x, labels], 1);
  const [batch = 1, height = 1, width = 1] = x.shape;
  const planes = tf.tile(tf.reshape(labels, [batch, 1, 1, labels.shape[1] ?? 1]), [1, height, width, 1]);
  return tf.concat([x, planes], 3);
}
