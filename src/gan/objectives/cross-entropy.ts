/** Discriminator loss of the original objective, shared by minimax and non-saturating. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Logits, LossRange } from './objective';

export const labelSmoothingOption = z
  .number()
  .min(0)
  .lt(0.5)
  .default(0)
  .describe(
    'One-sided label smoothing (Salimans et al. 2016, section 3.4): real images get the target 1 - labelSmoothing, which keeps the discriminator from becoming overconfident. Typically 0.1; 0 turns it off.',
  );

/**
 * -mean[t·log D(x) + (1 - t)·log(1 - D(x))] - mean[log(1 - D(G(z)))] with the target t = 1 - labelSmoothing, from
 * logits: -log σ(a) = softplus(-a) = softplus(a) - a, and -log(1 - σ(a)) = softplus(a).
 */
export function discriminatorCrossEntropy({ real, fake }: Logits, labelSmoothing: number): tf.Tensor {
  const onReal =
    labelSmoothing === 0
      ? tf.softplus(tf.neg(real))
      : tf.sub(tf.softplus(real), tf.mul(real, 1 - labelSmoothing));
  return tf.add(tf.mean(onReal), tf.mean(tf.softplus(fake)));
}

/** With smoothed labels, even the best loss on real examples is the entropy of the labels. */
export function crossEntropyRange(labelSmoothing: number): LossRange {
  const entropy = (p: number): number => (p === 0 ? 0 : -p * Math.log(p));
  return { sure: entropy(labelSmoothing) + entropy(1 - labelSmoothing), undecided: 2 * Math.LN2 };
}
