/**
 * Packs of examples that a discriminator judges together (Lin et al. 2018, "PacGAN", section 3). To losses and penalties
 * a pack is one example with the channels of all of them.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../nn/scope';
import type { BoundRegulariser } from './settings';

/** Number of examples in a pack; 1 where each is judged by itself. */
export function packSizeOf(regularisers: readonly Pick<BoundRegulariser, 'packs'>[]): number {
  return regularisers.reduce((size, { packs = 1 }) => size * packs, 1);
}

/** `[batch, …, channels] -> [batch / size, …, size · channels]`; a pack has every (batch / size)-th example. */
export function packed(examples: tf.Tensor, size: number): tf.Tensor {
  return size === 1 ? examples : tf.concat(tf.split(examples, size), examples.rank - 1);
}

/** @param shape including the batch */
export function packedShape(shape: readonly number[], size: number): number[] {
  return shape.map((extent, axis) =>
    axis === 0 ? extent / size : axis === shape.length - 1 ? extent * size : extent,
  );
}

/** The discriminator of single examples, outside of training: each is judged in a pack of copies. */
export function ofCopies(discriminator: Network, size: number): Network {
  if (size === 1) return discriminator;
  return (scope, examples) =>
    discriminator(
      scope,
      tf.concat(
        Array.from({ length: size }, () => examples),
        examples.rank - 1,
      ),
    );
}
