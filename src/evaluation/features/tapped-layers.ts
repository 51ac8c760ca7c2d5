/** The layers that a network taps, for losses that compare images by them. */
import type * as tf from '@tensorflow/tfjs-core';
import { applyNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import type { HostTensors } from '../../shared/host-tensor';
import type { FeatureLayers } from './feature-network';

export function tappedLayers(network: Network, root: string, weights: HostTensors): FeatureLayers {
  return {
    weights,
    activations(tensors, images) {
      const taps: tf.Tensor[] = [];
      applyNetwork(network, root, images, tensors, 'sample', { onTap: (_, value) => void taps.push(value) });
      return taps;
    },
  };
}
