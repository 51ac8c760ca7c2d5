/** Layers on images. */
import * as z from 'zod';
import { initialiserNamed } from '../../../nn/initialisers';
import { averagePool, conv2d, depthToSpace, selfAttention, upsampleNearest } from '../../../nn/layers';
import { biasOption, initialiserOption } from '../options';
import { UPSAMPLINGS, upsample } from '../upsampling';
import { defineLayer } from './layer';

const filters = z.int().min(1).max(4096).describe('Number of feature maps that come out.');
const kernelSize = (fallback: number) =>
  z.int().min(1).max(15).default(fallback).describe('Height and width of the kernels.');

export const convolutionLayer = defineLayer({
  name: 'conv',
  title: 'Convolution',
  description: 'A convolution with "same" padding; a stride of 2 halves the image.',
  options: z.strictObject({
    filters,
    kernelSize: kernelSize(3),
    strides: z.int().min(1).max(8).default(1).describe('Pixels between one window and the next.'),
    useBias: biasOption,
    initialiser: initialiserOption,
  }),
  takes: 'images',
  apply: (scope, name, x, { initialiser, ...options }) =>
    conv2d(scope, name, x, { ...options, initialiser: initialiserNamed(initialiser) }),
});

export const upsampleLayer = defineLayer({
  name: 'upsample',
  title: 'Up-sampling convolution',
  description: 'Doubles the image with a convolution.',
  options: z.strictObject({
    filters,
    kernelSize: kernelSize(4),
    method: z
      .enum(UPSAMPLINGS)
      .default('transposed')
      .describe(
        'A transposed convolution, pixels repeated before a convolution, or its channels dealt out to pixels.',
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
  title: 'Nearest neighbour',
  description: 'Doubles the image by repeating each pixel.',
  options: z.strictObject({}),
  takes: 'images',
  apply: (_scope, _name, x) => upsampleNearest(x),
});

export const subPixelLayer = defineLayer({
  name: 'sub-pixel',
  title: 'Sub-pixel shuffle',
  description: 'Deals the channels of each pixel out to a square of pixels.',
  options: z.strictObject({
    factor: z
      .int()
      .min(2)
      .max(8)
      .default(2)
      .describe('Side of the square; its square must divide the channels.'),
  }),
  takes: 'images',
  apply: (_scope, _name, x, { factor }) => depthToSpace(x, factor),
});

export const averagePoolLayer = defineLayer({
  name: 'average-pool',
  title: 'Average pool',
  description: 'Halves the image: the mean of each square of 2×2 pixels.',
  options: z.strictObject({}),
  takes: 'images',
  apply: (_scope, _name, x) => averagePool(x),
});

export const attentionLayer = defineLayer({
  name: 'self-attention',
  title: 'Self-attention',
  description: 'Adds to each pixel a mixture of all pixels (Zhang et al. 2019); for maps of up to 32×32.',
  options: z.strictObject({}),
  takes: 'images',
  apply: (scope, name, x) => selfAttention(scope, name, x),
});
