/**
 * Top-k training: the generator learns only from those of its examples with the highest logits (Sinha et al. 2020,
 * "Top-k Training of GANs", algorithm 1).
 */
import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from '../nn/stop-gradient';

/** Keeps a share such as 0.7 of 10 from becoming 8 by rounding. */
const ROUNDING = 1e-3;

/**
 * The loss of the k examples with the highest logits, where k is the share of the batch, rounded up. The number of
 * examples is fixed in a compiled program, so the logits of the others become 0 and what these add to the mean is
 * subtracted.
 *
 * @param loss a mean over all logits, each by itself
 * @param logits `[batch, 1]`, or `[batch, rows, columns, 1]` of patches, where an example has the mean of its patches
 * @param share in (0, 1], a number or a scalar
 */
export function lossOfBest(
  loss: (logits: tf.Tensor) => tf.Tensor,
  logits: tf.Tensor,
  share: number | tf.Tensor,
): tf.Tensor {
  const batch = logits.shape[0] ?? 1;
  const kept = stopGradient((values) => areAmongBest(values, tf.mul(share, batch)), [logits]);
  const count = tf.sum(kept);
  const mask = tf.reshape(kept, [batch, ...logits.shape.slice(1).map(() => 1)]);
  const dropped = tf.mul(loss(tf.zerosLike(logits)), tf.sub(batch, count));
  return tf.div(tf.sub(tf.mul(loss(tf.mul(logits, mask)), batch), dropped), count);
}

/** `[batch]`: 1 for as many examples as `count` rounded up, those with the highest logits, and 0 for the others. */
function areAmongBest(logits: tf.Tensor, count: tf.Tensor): tf.Tensor {
  const batch = logits.shape[0] ?? 1;
  const scores = tf.mean(tf.reshape(logits, [batch, -1]), 1);
  const [others, own] = [tf.reshape(scores, [1, batch]), tf.reshape(scores, [batch, 1])];
  const isEarlier = Float32Array.from({ length: batch ** 2 }, (_, i) =>
    i % batch < Math.floor(i / batch) ? 1 : 0,
  );
  const better = tf.cast(tf.greater(others, own), 'float32');
  const equalBefore = tf.mul(
    tf.cast(tf.equal(others, own), 'float32'),
    tf.tensor2d(isEarlier, [batch, batch]),
  );
  const rank = tf.sum(tf.add(better, equalBefore), 1);
  return tf.step(tf.sub(tf.sub(count, ROUNDING), rank));
}
