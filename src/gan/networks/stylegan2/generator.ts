/** The generator of StyleGAN2. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { normalOf, zeros } from '../../../nn/initialisers';
import { addNoise, equalisedDense, modulatedConv2d, scaledLeakyRelu, upsampleFir } from '../../../nn/layers';
import type { Scope } from '../../../nn/scope';
import { divisionMisfit } from '../fit';
import { defineNetwork } from '../network';
import { channelsOption } from '../options';
import { stylesOf } from './mapping';
import { PAPER } from './paper';

/** Supplies the style `[batch, size]` of a layer, counted from 0. */
type StyleOf = (layer: number) => tf.Tensor;

/** Generator: `[batch, latentSize] -> [batch, height, width, channels]`. */
export const stylegan2Generator = defineNetwork({
  name: 'stylegan2',
  role: 'generator',
  title: 'StyleGAN2 generator',
  description:
    'A mapping network turns the latent into styles, which scale the channels of each convolution. Starts from a learned image, adds noise to each layer, and sums the images of all sizes. No tanh at the end; samples are clipped to [-1, 1].',
  paper: PAPER,
  options: z.strictObject({
    channels: channelsOption(
      'Channels at each size, smallest first: [64, 48, 32] goes 7×7 → 14×14 → 28×28.',
    ).default([64, 48, 32]),
    mappingLayers: z
      .int()
      .min(1)
      .max(16)
      .default(8)
      .describe('Dense layers of the mapping network; the authors use 8, and 2 for small images.'),
    styleMixing: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('Share of images in training that take the styles of two latents. 0 turns it off.'),
  }),
  hasStyles: true,
  normalises: () => false,
  unsuitable: ({ channels }, { example }) => divisionMisfit(channels.length - 1, example),
  build({ channels, mappingLayers, styleMixing }, { example, latentSize, latentPrior = 'normal' }) {
    if (example.kind === 'points') throw new TypeError('the StyleGAN2 generator makes images');
    const [first = 64, ...doublings] = channels;
    const height = example.height / 2 ** doublings.length;
    const width = example.width / 2 ** doublings.length;
    const mapping = {
      latents: { size: latentSize, prior: latentPrior },
      depth: mappingLayers,
      layers: 2 * channels.length,
      mixing: styleMixing,
    };
    return (scope, latents) => {
      const styles = scope.tap('styles', stylesOf(scope, latents, mapping));
      const styleOf: StyleOf = (layer) =>
        tf.reshape(tf.slice(styles, [0, layer, 0], [-1, 1, -1]), [-1, latentSize]);
      const start = scope.layer('constant', (constant) =>
        constant.parameter('image', [1, height, width, first], normalOf(1)),
      );
      let x = styledConvolution(scope, 'conv1', start, { style: styleOf(0), filters: first });
      let image = toImage(scope, 'toImage1', x, { style: styleOf(1), filters: example.channels });
      doublings.forEach((filters, i) => {
        const [size, layer] = [i + 2, 2 * i + 1];
        x = styledConvolution(scope, `up${size}`, x, { style: styleOf(layer), filters, doubles: true });
        x = styledConvolution(scope, `conv${size}`, x, { style: styleOf(layer + 1), filters });
        // The next convolution has the same style (figure 7b of the paper: each size has one toRGB).
        const style = styleOf(layer + 2);
        image = tf.add(
          upsampleFir(image),
          toImage(scope, `toImage${size}`, x, { style, filters: example.channels }),
        );
      });
      return image;
    };
  },
});

interface StyledOptions {
  readonly style: tf.Tensor;
  readonly filters: number;
}

/** A modulated convolution with noise, bias and activation (figure 2d of the paper). */
function styledConvolution(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { style, filters, doubles = false }: StyledOptions & { readonly doubles?: boolean },
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const scales = affine(layer, style, x);
    const convolved = modulatedConv2d(layer, 'conv', x, scales, { filters, kernelSize: 3, doubles });
    const bias = layer.parameter('bias', [filters], zeros);
    return scaledLeakyRelu(tf.add(addNoise(layer, 'noise', convolved), bias));
  });
}

/** A modulated 1×1 convolution to the channels of an image. */
function toImage(scope: Scope, name: string, x: tf.Tensor, { style, filters }: StyledOptions): tf.Tensor {
  return scope.layer(name, (layer) => {
    const scales = affine(layer, style, x);
    const options = { filters, kernelSize: 1, demodulates: false } as const;
    return tf.add(
      modulatedConv2d(layer, 'conv', x, scales, options),
      layer.parameter('bias', [filters], zeros),
    );
  });
}

/** The scale of each channel of `x`, `[batch, channels]`. */
function affine(layer: Scope, style: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return equalisedDense(layer, 'affine', style, { units: x.shape.at(-1) ?? 1, bias: 1 });
}
