/** Fully connected layers. */
import * as tf from '@tensorflow/tfjs-core';
import type { Initialiser } from '../initialisers';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent } from './extents';

export interface DenseOptions {
  readonly units: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

/** `[batch, features] -> [batch, units]`. */
export function dense(scope: Scope, name: string, x: tf.Tensor, options: DenseOptions): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { units, useBias = true, initialiser = glorotUniform } = options;
    const kernel = layer.parameter('kernel', [extent(x, 1), units], initialiser);
    const product = tf.matMul(x, kernel);
    return useBias ? tf.add(product, layer.parameter('bias', [units], zeros)) : product;
  });
}

/** `[batch, …] -> [batch, features]`. */
export function flatten(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [extent(x, 0), x.size / extent(x, 0)]);
}
