/** The generator of CycleGAN, after Johnson et al. 2016: residual blocks at a quarter of the size. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { dcganNormal } from '../../nn/initialisers';
import { conv2d, convTranspose2d, needsBias, norm, relu } from '../../nn/layers';
import { divisionMisfit, sameSizeMisfit } from './fit';
import { defineNetwork } from './network';
import { channelCountOption, hasScale, normOption } from './options';
import { UPSAMPLINGS, upsample } from './upsampling';

/** Generator: `[batch, height, width, in] -> [batch, height, width, channels]` in (-1, 1). */
export const resnetTranslateGenerator = defineNetwork({
  name: 'resnet-translate',
  role: 'generator',
  title: 'ResNet for translation',
  description:
    'A 7×7 convolution, two strided convolutions, residual blocks, two upsampling convolutions and a final 7×7 convolution. Keeps the image size. Uses zero padding where the paper uses reflection padding.',
  paper:
    'Zhu et al. 2017, "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks", appendix 7.2',
  options: z.strictObject({
    channels: channelCountOption('Channels at full resolution; each downsampling doubles them.'),
    blocks: z
      .int()
      .min(1)
      .max(32)
      .default(6)
      .describe('Number of residual blocks; the paper uses 6 for 128×128 images and 9 for 256×256.'),
    norm: normOption('instance', 'after each convolution'),
    upsampling: z.enum(UPSAMPLINGS).default('transposed').describe('How images are upsampled.'),
  }),
  normalises: hasScale,
  startsFrom: 'image',
  unsuitable: (_options, context) => sameSizeMisfit(context) ?? divisionMisfit(2, context.example),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('this network makes images');
    const { channels, norm: kind } = options;
    const kernel = { kernelSize: 3, useBias: needsBias(kind), initialiser: dcganNormal };
    return (scope, images) => {
      const convolution = (name: string, from: tf.Tensor, filters: number, strides = 1, kernelSize = 3) =>
        norm(
          scope,
          `${name}Norm`,
          conv2d(scope, name, from, { ...kernel, filters, strides, kernelSize }),
          kind,
        );
      let x = relu(convolution('fromImage', images, channels, 1, 7));
      x = relu(convolution('down1', x, 2 * channels, 2));
      x = relu(convolution('down2', x, 4 * channels, 2));
      for (let i = 1; i <= options.blocks; i++) {
        const h = relu(convolution(`block${i}a`, x, 4 * channels));
        x = tf.add(x, convolution(`block${i}b`, h, 4 * channels));
      }
      for (const [i, filters] of [2 * channels, channels].entries()) {
        x = upsample(scope, `up${i + 1}`, x, options.upsampling, { ...kernel, filters });
        x = relu(norm(scope, `up${i + 1}Norm`, x, kind));
      }
      return tf.tanh(
        convTranspose2d(scope, 'toImage', x, {
          filters: example.channels,
          kernelSize: 7,
          initialiser: dcganNormal,
        }),
      );
    };
  },
});
