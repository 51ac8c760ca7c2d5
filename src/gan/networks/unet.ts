/**
 * The U-Net of pix2pix: an encoder and a decoder with a skip connection at each size, for translation of aligned
 * images.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { dcganNormal } from '../../nn/initialisers';
import { conv2d, convTranspose2d, dropout, leakyRelu, needsBias, norm, relu } from '../../nn/layers';
import type { ExampleShape } from '../../shared/example-shape';
import { localizable } from '../../shared/localizable-text';
import { sameSizeMisfit } from './fit';
import { defineNetwork } from './network';
import { doubledChannels, doublingChannelsOption, dropoutOption, hasScale, normOption } from './options';

const KERNEL = { kernelSize: 4, strides: 2, initialiser: dcganNormal };
const MAX_HALVINGS = 8;
/** Number of decoder layers with dropout, counted from the first. */
const LAYERS_WITH_DROPOUT = 3;

/** Number of times the size can be halved; a power of two ends at a single pixel. */
function halvingsOf(example: ExampleShape): number {
  if (example.kind === 'points') return 0;
  let count = 0;
  while (count < MAX_HALVINGS && (example.height | example.width) % 2 ** (count + 1) === 0) count++;
  return count;
}

/** Generator: `[batch, height, width, in] -> [batch, height, width, channels]` in (-1, 1). */
export const unetGenerator = defineNetwork({
  name: 'unet',
  role: 'generator',
  title: 'U-Net',
  description:
    'Encoder of strided convolutions (down to 1×1 where the size is a power of two), decoder of transposed convolutions, and skip connections between layers of the same resolution. Keeps the image size. Unlike in the paper, dropout is off during sampling, so each input has one output.',
  paper:
    'Isola et al. 2017, "Image-to-Image Translation with Conditional Adversarial Networks", appendix 6.1.1',
  options: z.strictObject({
    channels: doublingChannelsOption,
    norm: normOption('instance', 'after each convolution except the outermost and innermost'),
    dropout: dropoutOption(0.5, 'after the first three layers of the decoder'),
  }),
  normalises: hasScale,
  startsFrom: 'image',
  unsuitable: (_options, context) =>
    sameSizeMisfit(context) ??
    (halvingsOf(context.example) < 2 ? localizable('image sizes must be multiples of 4') : undefined),
  build(options, { example }) {
    if (example.kind === 'points') throw new TypeError('the U-Net makes images');
    const widths = Array.from({ length: halvingsOf(example) }, (_, i) =>
      doubledChannels(options.channels, i),
    );
    const useBias = needsBias(options.norm);
    return (scope, images) => {
      const encoded: tf.Tensor[] = [];
      let x = images;
      widths.forEach((filters, i) => {
        const isNormalised = i > 0 && i < widths.length - 1;
        const from = i === 0 ? x : leakyRelu(x);
        x = conv2d(scope, `down${i + 1}`, from, { ...KERNEL, filters, useBias: useBias || !isNormalised });
        if (isNormalised) x = norm(scope, `downNorm${i + 1}`, x, options.norm);
        encoded.push(x);
      });
      const shortcuts = encoded.slice(0, -1);
      for (const [i, shortcut] of [...shortcuts.entries()].reverse()) {
        const filters = shortcut.shape.at(-1) ?? options.channels;
        x = convTranspose2d(scope, `up${i + 1}`, relu(x), { ...KERNEL, filters, useBias });
        x = norm(scope, `upNorm${i + 1}`, x, options.norm);
        if (shortcuts.length - i <= LAYERS_WITH_DROPOUT)
          x = dropout(scope, `dropout${i + 1}`, x, options.dropout);
        x = tf.concat([x, shortcut], 3);
      }
      return tf.tanh(convTranspose2d(scope, 'toImage', relu(x), { ...KERNEL, filters: example.channels }));
    };
  },
});
