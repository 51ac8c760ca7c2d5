/** Layers that operate on images. */
import * as z from 'zod';
import { initialiserNamed } from '../../../nn/initialisers';
import { conv2d, depthToSpace, PADDINGS, pool2d, selfAttention, upsampleNearest } from '../../../nn/layers';
import { choice } from '../../../shared/choice';
import { biasOption, initialiserOption } from '../options';
import { UPSAMPLINGS, upsample } from '../upsampling';
import { defineLayer } from './layer';

const filters = z.int().min(1).max(4096).describe('Number of output channels.');
const kernelSize = (fallback: number) =>
  z.int().min(1).max(15).default(fallback).describe('Height and width of the kernels.');

export const convolutionLayer = defineLayer({
  name: 'conv',
  title: 'Convolution',
  description: 'Convolution. A stride of 2 halves the image.',
  options: z.strictObject({
    filters,
    kernelSize: kernelSize(3),
    strides: z.int().min(1).max(8).default(1).describe('Stride of the convolution.'),
    padding: choice(PADDINGS, {
      same: 'Zeros around the image, so that a stride of 1 keeps its size.',
      valid: 'No padding: the image loses `kernelSize` - 1 rows and columns.',
    })
      .default('same')
      .describe('Padding of the image.'),
    useBias: biasOption,
    initialiser: initialiserOption,
  }),
  takes: 'images',
  apply: (scope, name, x, { initialiser, ...options }) =>
    conv2d(scope, name, x, { ...options, initialiser: initialiserNamed(initialiser) }),
});

export const upsampleLayer = defineLayer({
  name: 'upsample',
  title: 'Upsampling convolution',
  description: 'Upsamples the image by 2 with a convolution.',
  options: z.strictObject({
    filters,
    kernelSize: kernelSize(4),
    method: z
      .enum(UPSAMPLINGS)
      .default('transposed')
      .describe(
        'Transposed convolution, nearest-neighbour upsampling before a convolution, or sub-pixel convolution.',
      ),
    useBias: biasOption,
    initialiser: initialiserOption,
  }),
  takes: 'images',
  apply: (scope, name, x, { initialiser, method, ...options }) =>
    upsample(scope, name, x, method, { ...options, initialiser: initialiserNamed(initialiser) }),
});

export const nearestLayer = defineLayer({
  name: 'nearest',
  title: 'Nearest-neighbour upsampling',
  description: 'Upsamples the image by 2, repeating each pixel.',
  options: z.strictObject({}),
  takes: 'images',
  apply: (_scope, _name, x) => upsampleNearest(x),
});

export const subPixelLayer = defineLayer({
  name: 'sub-pixel',
  title: 'Pixel shuffle',
  description: 'Rearranges channels into pixels (sub-pixel upsampling).',
  options: z.strictObject({
    factor: z
      .int()
      .min(2)
      .max(8)
      .default(2)
      .describe('Upscale factor; its square must divide the number of channels.'),
  }),
  takes: 'images',
  apply: (_scope, _name, x, { factor }) => depthToSpace(x, factor),
});

const blockSize = z
  .int()
  .min(2)
  .max(8)
  .default(2)
  .describe('Height and width of the blocks. Rows and columns that fill no block are dropped.');

export const averagePoolLayer = defineLayer({
  name: 'average-pool',
  title: 'Average pooling',
  description: 'Reduces each block of pixels to its mean; blocks of 2×2 halve the image.',
  options: z.strictObject({ size: blockSize }),
  takes: 'images',
  apply: (_scope, _name, x, { size }) => pool2d(x, size, 'mean'),
});

export const maxPoolLayer = defineLayer({
  name: 'max-pool',
  title: 'Max pooling',
  description: 'Reduces each block of pixels to its maximum; blocks of 2×2 halve the image.',
  options: z.strictObject({ size: blockSize }),
  takes: 'images',
  apply: (_scope, _name, x, { size }) => pool2d(x, size, 'max'),
});

export const attentionLayer = defineLayer({
  name: 'self-attention',
  title: 'Self-attention',
  description: 'Self-attention over all pixels (Zhang et al. 2019), for feature maps of up to 32×32.',
  options: z.strictObject({}),
  takes: 'images',
  apply: (scope, name, x) => selfAttention(scope, name, x),
});
