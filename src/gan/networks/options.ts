/** Options that several networks share. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { INITIALISERS } from '../../nn/initialisers';
import { minibatchStddev, NORMALISATIONS, type Normalisation } from '../../nn/layers';
import type { Scope } from '../../nn/scope';
import { choice } from '../../shared/choice';

/** @param fallback the default of the network's paper */
export function normOption(fallback: Normalisation, where: string) {
  return choice(NORMALISATIONS, {
    none: 'No normalisation.',
    batch: 'Batch normalisation.',
    instance: 'Instance normalisation.',
    layer: 'Layer normalisation.',
    pixel: 'Pixelwise feature normalisation.',
  })
    .default(fallback)
    .describe(`Normalisation ${where}.`);
}

/** For every discriminator; applied by `withMinibatchStddev`. */
export const minibatchStddevOption = z
  .union([z.literal(false), z.int().min(2).max(65536)])
  .default(false)
  .describe(
    'Minibatch standard deviation (Karras et al. 2018, "Progressive Growing of GANs", section 3), against mode collapse: appends the standard deviation within each group of images as a channel before the last layers. A group size that divides the batch size, typically 4; false turns it off.',
  );

interface Mixing {
  readonly norm?: Normalisation;
  readonly minibatchStddev: number | false;
}

/** Whether a discriminator with these options judges an example by the others of its batch. */
export function mixesExamples({ norm, minibatchStddev }: Mixing): boolean {
  return norm === 'batch' || minibatchStddev !== false;
}

/** The input of a discriminator's last layers, with the standard deviation of its group if the option asks for it. */
export function withMinibatchStddev(scope: Scope, x: Tensor, { minibatchStddev: groupSize }: Mixing): Tensor {
  return groupSize === false ? x : minibatchStddev(scope, 'minibatchStddev', x, { groupSize });
}

/** Whether this normalisation has a scale, which can be class-conditional. */
export function hasScale({ norm }: { readonly norm: Normalisation }): boolean {
  return norm === 'batch' || norm === 'instance' || norm === 'layer';
}

export const dropoutOption = (fallback: number, where: string) =>
  z
    .number()
    .min(0)
    .max(0.95)
    .default(fallback)
    .describe(`Dropout rate ${where}, in training only. 0 turns it off.`);

export const channelsOption = (description: string) =>
  z.array(z.int().min(1).max(4096)).min(1).max(10).describe(description);

/** For networks whose layers all derive their channels from one number. */
export const channelCountOption = (description: string) =>
  z.int().min(1).max(1024).default(64).describe(description);

/** For the networks of pix2pix: `doubledChannels` computes the channels of each layer. */
export const doublingChannelsOption = channelCountOption(
  'Channels of the first layer; each further layer doubles them, up to eight times as many.',
);

/** Channels of a layer, counted from 0: twice those of the layer before, up to eight times the first. */
export function doubledChannels(first: number, layer: number): number {
  return first * Math.min(2 ** layer, 8);
}

export const attentionOption = (what: string) =>
  z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      `Self-attention (Zhang et al. 2019) after the nth ${what}; 0 for none. For feature maps of up to 32×32.`,
    );

export const biasOption = z.boolean().default(true).describe('Adds a trainable bias.');

export const initialiserOption = z
  .enum(INITIALISERS)
  .default('glorot')
  .describe(
    'Initialiser of the weights: "glorot" (Glorot & Bengio 2010), "he" (He et al. 2015), "normal" with standard deviation 0.02 (DCGAN) or "orthogonal" (Saxe et al. 2014).',
  );
