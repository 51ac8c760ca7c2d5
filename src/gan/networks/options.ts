/** Options that several networks share. */
import * as z from 'zod';
import { INITIALISERS } from '../../nn/initialisers';
import { NORMALISATIONS, type Normalisation } from '../../nn/layers';
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
