/**
 * Images that a generator made in earlier steps, which its discriminator is shown as well, so that it does not forget
 * (Zhu et al. 2017, section 4; Shrivastava et al. 2017, section 2.3). The images are a leaf of the state; which of
 * them are shown and replaced is drawn outside the program, from the run's random stream.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../random/random';
import type { HostTensor } from '../shared/host-tensor';
import { float32 } from '../shared/host-tensor';
import type { StepContext } from './step/recorded-program';

/** Where a pool is kept, and what it is told of each batch. */
export interface PoolNames {
  /** Leaf `[size, ...example]`. */
  readonly leaf: string;
  /** Input `[2, batch, size]`, from `poolDecisions`. */
  readonly decisions: string;
}

/**
 * What is decided for a batch: in `[0]` the place (one-hot) that an image is written to, in `[1]` that of the image
 * which is shown instead of it; a row of zeros where it is not written, or shown itself.
 *
 * While there is room each image takes the next place. After that, one in two takes the place of one that is shown
 * instead. Images of a batch never meet: their places differ.
 *
 * @param offered images that the pool was offered before
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

/** What is to be shown of generated images `[batch, ...example]`; the pool moves on. */
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
