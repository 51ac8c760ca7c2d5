import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineGeneratorLoss } from './generator-loss';

/** Keeps the logarithm finite where the output saturates at ±1. */
const SMALLEST = 1e-6;

/** A label map classifies each pixel, and a classifier learns from the probability of the right class. */
export const crossEntropy = defineGeneratorLoss({
  name: 'cross-entropy',
  title: 'Per-pixel cross-entropy',
  description:
    'Per-pixel cross-entropy for label maps: each output channel, from -1 to 1, is the probability of its class. Keeps a strong gradient where the output is confidently wrong, unlike "l1" and "l2".',
  paper: 'Long et al. 2015, "Fully Convolutional Networks for Semantic Segmentation", section 4',
  formula: '-weight · mean[ y·log p + (1 - y)·log(1 - p) ], p = (1 + G(x)) / 2',
  options: z.strictObject({
    weight: z.number().positive().default(100).describe('Weight of this loss.'),
  }),
  unsuitable: (_options, { data }) =>
    data.example.kind === 'image' && data.example.labelMap !== undefined
      ? undefined
      : localizable('it needs label maps as targets; use "l1" for images'),
  loss({ output, target }, { weight }) {
    const probability = tf.clipByValue(tf.div(tf.add(output, 1), 2), SMALLEST, 1 - SMALLEST);
    const label = tf.div(tf.add(target, 1), 2);
    const applies = tf.mul(label, tf.log(probability));
    const elsewhere = tf.mul(tf.sub(1, label), tf.log(tf.sub(1, probability)));
    return tf.mul(tf.mean(tf.add(applies, elsewhere)), -weight);
  },
});
