/** Options that several networks share, described once. */
import * as z from 'zod';
import { INITIALISERS } from '../../nn/initialisers';
import { NORMALISATIONS, type Normalisation } from '../../nn/layers';

/** @param fallback what the paper of the network has */
export function normOption(fallback: Normalisation, where: string) {
  return z
    .enum(NORMALISATIONS)
    .default(fallback)
    .describe(
      `Normalisation ${where}: over the batch, each channel of an instance, a layer of an example, the channels of a pixel, or none.`,
    );
}

/** Whether such normalisation has a scale that can be that of a class. */
export function hasScale({ norm }: { readonly norm: Normalisation }): boolean {
  return norm === 'batch' || norm === 'instance' || norm === 'layer';
}

export const dropoutOption = (fallback: number, where: string) =>
  z
    .number()
    .min(0)
    .max(0.95)
    .default(fallback)
    .describe(`Share of the values that are set to 0 ${where}, in training only; 0 turns it off.`);

export const channelsOption = (description: string) =>
  z.array(z.int().min(1).max(4096)).min(1).max(10).describe(description);

export const attentionOption = (what: string) =>
  z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      `Self-attention (Zhang et al. 2019) after this ${what}, counted from 1; 0 for none. It compares every pixel with every other: for feature maps of up to 32×32.`,
    );

export const biasOption = z
  .boolean()
  .default(true)
  .describe('Whether a trained constant is added to each output.');

export const initialiserOption = z
  .enum(INITIALISERS)
  .default('glorot')
  .describe(
    'How its weights begin: Glorot & Bengio 2010, He et al. 2015, normal of standard deviation 0.02 (DCGAN), or orthogonal (Saxe et al. 2014).',
  );
