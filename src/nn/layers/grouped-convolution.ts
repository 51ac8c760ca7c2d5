/** Grouped convolution: each group of channels is convolved by itself (Xie et al. 2017, "Aggregated Residual …"). */
import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import type { ConvolutionOptions } from './convolution';
import { convolveGroups } from './convolve-groups';
import { extent, image } from './extents';

export interface GroupedConvolutionOptions extends Omit<ConvolutionOptions, 'strides'> {
  /** Number of groups, which divides the channels of the input and the filters. */
  readonly groups: number;
}

/**
 * 'Same' padding: `[batch, height, width, in] -> [batch, height, width, filters]`. The kernel is stored as
 * `[size, size, in / groups, filters]`; the filters of a group are next to each other.
 */
export function groupedConv2d(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  options: GroupedConvolutionOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { filters, kernelSize, groups, useBias = true, initialiser = glorotUniform } = options;
    const inputs = extent(x, 3) / groups;
    if (!Number.isInteger(inputs) || filters % groups !== 0)
      throw new RangeError(
        `${extent(x, 3)} channels and ${filters} filters do not divide into ${groups} groups`,
      );
    const kernel = layer.parameter('kernel', [kernelSize, kernelSize, inputs, filters], initialiser);
    const result = convolveGroups(image(x), kernel, groups);
    return useBias ? tf.add(result, layer.parameter('bias', [filters], zeros)) : result;
  });
}
