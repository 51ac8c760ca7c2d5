/** Noise as a source of variation that no latent has to describe. */
import * as tf from '@tensorflow/tfjs-core';
import { normalOf, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent } from './extents';

/**
 * Adds one image of noise to all channels, times a trained strength, initially 0 (Karras et al. 2019, "A Style-Based
 * Generator …", section 3.2; one strength for all channels, Karras et al. 2020, section 2.1). In training it is drawn for
 * each example; when sampling it is the same for all, drawn once with the initial weights.
 */
export function addNoise(scope: Scope, name: string, x: tf.Tensor): tf.Tensor {
  return scope.layer(name, (layer) => {
    const [batch, height, width] = [extent(x, 0), extent(x, 1), extent(x, 2)];
    const strength = layer.parameter('strength', [1], zeros);
    const fixed = layer.statistic('fixed', [1, height, width, 1], normalOf(1));
    const noise =
      layer.mode === 'sample' ? fixed : layer.random('noise', [batch, height, width, 1], 'normal');
    return tf.add(x, tf.mul(noise, strength));
  });
}
