/** PatchGAN: a discriminator that judges each image patch separately, so that only local texture counts. */
import * as z from 'zod';
import { dcganNormal } from '../../nn/initialisers';
import { conv2d, leakyRelu, needsBias, norm } from '../../nn/layers';
import { localizable } from '../../shared/localizable-text';
import { NEEDS_IMAGES } from './fit';
import { defineNetwork } from './network';
import {
  doubledChannels,
  doublingChannelsOption,
  minibatchStddevOption,
  mixesExamples,
  normOption,
  withMinibatchStddev,
} from './options';

/** Discriminator: `[batch, height, width, channels] -> [batch, rows, columns, 1]` logits. */
export const patchganDiscriminator = defineNetwork({
  name: 'patchgan',
  role: 'discriminator',
  title: 'PatchGAN discriminator',
  description:
    '4×4 convolutions, the first ones with stride 2, that output one logit per patch. A patch is 70×70 pixels with 3 strided layers, 34×34 with 2 and 16×16 with 1.',
  paper:
    'Isola et al. 2017, "Image-to-Image Translation with Conditional Adversarial Networks", section 3.2.2 and appendix 6.1.2',
  options: z.strictObject({
    channels: doublingChannelsOption,
    layers: z
      .int()
      .min(1)
      .max(6)
      .default(3)
      .describe('Number of layers with stride 2, before two with stride 1. More layers mean larger patches.'),
    norm: normOption('instance', 'after each hidden layer except the first'),
    minibatchStddev: minibatchStddevOption,
  }),
  judgesPatches: true,
  mixesExamples,
  unsuitable(options, { example }) {
    if (example.kind === 'points') return NEEDS_IMAGES;
    const least = 2 ** (options.layers + 1);
    return Math.min(example.height, example.width) >= least
      ? undefined
      : localizable('with {0} "layers" images must be at least {1}×{1}', options.layers, least);
  },
  build: (options) => (scope, images) => {
    let x = images;
    for (let i = 0; i <= options.layers; i++) {
      const filters = doubledChannels(options.channels, i);
      const strides = i < options.layers ? 2 : 1;
      const useBias = i === 0 || needsBias(options.norm);
      x = conv2d(scope, `conv${i + 1}`, x, {
        filters,
        kernelSize: 4,
        strides,
        useBias,
        initialiser: dcganNormal,
      });
      if (i > 0) x = norm(scope, `norm${i + 1}`, x, options.norm);
      x = leakyRelu(x);
      scope.tap(`hidden${i + 1}`, x);
    }
    const last = withMinibatchStddev(scope, x, options);
    return conv2d(scope, 'logits', last, { filters: 1, kernelSize: 4, initialiser: dcganNormal });
  },
});
