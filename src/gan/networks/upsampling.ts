/** Upsampling methods of a generator, by their config names. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { ConvolutionOptions } from '../../nn/layers';
import { conv2d, convTranspose2d, depthToSpace, upsampleConv } from '../../nn/layers';
import type { Scope } from '../../nn/scope';

export const UPSAMPLINGS = ['transposed', 'nearest', 'sub-pixel'] as const;

/** `[batch, height, width, in] -> [batch, 2·height, 2·width, filters]`. */
export function upsample(
  scope: Scope,
  name: string,
  x: Tensor,
  kind: (typeof UPSAMPLINGS)[number],
  options: Omit<ConvolutionOptions, 'strides'>,
): Tensor {
  switch (kind) {
    case 'transposed':
      return convTranspose2d(scope, name, x, { ...options, strides: 2 });
    case 'nearest':
      return upsampleConv(scope, name, x, options);
    case 'sub-pixel':
      return depthToSpace(conv2d(scope, name, x, { ...options, filters: 4 * options.filters }), 2);
  }
}
