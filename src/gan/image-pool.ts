/**
 * Pool of images from earlier generator updates, also shown to the discriminator so that it does not forget them (Zhu
 * et al. 2017, section 4; Shrivastava et al. 2017, section 2.3). The images are a leaf of the state; which of them are
 * shown and replaced is drawn outside the program, from the run's random stream.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../random/random';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import type { StepContext } from './step/recorded-program';

/** Names of a pool's leaf and of its input for each batch. */
export interface PoolNames {
  /** Leaf `[size, ...example]`. */
  readonly leaf: string;
  /** Input `[2, batch, size]`, from `poolDecisions`. */
  readonly decisions: string;
}

/**
 * Decisions for one batch: `[0]` holds the slot (one-hot) that an image is written to, `[1]` the slot whose image is
 * shown instead of it; a row is zero where the image is not written, or is shown itself.
 *
 * While there is room, each image takes the next slot. After that, each image with probability ½ replaces a stored one,
 * which is shown instead. Images of one batch never collide: their slots differ.
 *
 * @param offered number of images offered to the pool before
 * @param size at least `batchSize`
 */
export function poolDecisions(random: Random, offered: number, batchSize: number, size: number): HostTensor {
  const decisions = new Float32Array(2 * batchSize * size);
  const filling = Math.max(0, Math.min(batchSize, size - offered));
  const places = Array.from({ length: size }, (_, place) => place);
  const taken = places.splice(Math.min(offered, size), filling);
  for (const [image, place] of taken.entries()) decisions[image * size + place] = 1;
  for (let image = filling; image < batchSize; image++) {
    const [place = 0] = places.splice(random.below(places.length), 1);
    if (random.below(2) === 0) continue;
    decisions[image * size + place] = 1;
    decisions[(batchSize + image) * size + place] = 1;
  }
  return float32([2, batchSize, size], decisions);
}

/** Returns the images to show for generated images `[batch, ...example]`, and updates the pool. */
export function throughPool(
  step: StepContext,
  { leaf, decisions }: PoolNames,
  images: tf.Tensor,
  size: number,
): tf.Tensor {
  const [batchSize = 1, ...extents] = images.shape;
  const both = step.input(decisions, { shape: [2, batchSize, size], dtype: 'float32' });
  const written = tf.reshape(tf.slice(both, [0, 0, 0], [1, batchSize, size]), [batchSize, size]);
  const taken = tf.reshape(tf.slice(both, [1, 0, 0], [1, batchSize, size]), [batchSize, size]);
  const pool = tf.reshape(step.leaf(leaf), [size, -1]);
  const made = tf.reshape(images, [batchSize, -1]);
  const isWritten = tf.reshape(tf.sum(written, 0), [size, 1]);
  const isTaken = tf.sum(taken, 1, true);
  const next = tf.add(tf.mul(pool, tf.sub(1, isWritten)), tf.matMul(written, made, true));
  step.write(leaf, tf.reshape(next, [size, ...extents]));
  const shown = tf.add(tf.mul(made, tf.sub(1, isTaken)), tf.matMul(taken, pool));
  return tf.reshape(shown, [batchSize, ...extents]);
}
