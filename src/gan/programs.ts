/** Inference programs of a trained network: sampling and scoring, a fixed number of examples at a time. */
import * as tf from '@tensorflow/tfjs-core';
import { applyNetwork } from '../nn/parameters';
import type { TensorSpec } from '../shared/host-tensor';
import { presentLeaves } from './step/observed';
import type { Player } from './step/player';
import { EMA } from './step/player';
import type { RecordedProgram, StepContext } from './step/recorded-program';
import { recordProgram } from './step/recorded-program';

/** Default number of examples per call of a program. */
export const SAMPLE_BATCH = 64;

/** Inputs of these programs. */
export const SAMPLE_INPUTS = {
  /** `[batch, latentSize]`, or `[batch, ...input]` where the generator translates images. */
  source: 'source',
  /** One-hot `[batch, classes]` */
  labels: 'labels',
  /** `[batch, ...example]`: the examples to judge. */
  examples: 'examples',
  /** Scalar: ψ of the truncation of samples. */
  truncation: 'truncation',
  /** `[batch, ...input]`: the input images that a discriminator sees beside the examples. */
  given: 'given',
} as const;

/** A network of a game, prepared for inference. */
export interface Viewed {
  readonly player: Player;
  /** Every leaf of the state. */
  readonly leaves: Readonly<Record<string, TensorSpec>>;
  /** Shape of one input, without the batch. */
  readonly input: readonly number[];
  /** Number of classes that it is conditioned on; 0 for none. */
  readonly classes: number;
}

export interface SampleProgramOptions {
  /** Whether to use the running average of the generator. */
  readonly averaged: boolean;
  readonly batch?: number;
  /** Whether ψ of the truncation is an input; for generators with styles. */
  readonly truncates?: boolean;
}

/** Program that outputs examples `[batch, ...example]`. */
export function sampleProgram(
  name: string,
  generator: Viewed,
  { averaged, batch = SAMPLE_BATCH, truncates = false }: SampleProgramOptions,
): RecordedProgram {
  return recordProgram(name, generator.leaves, (step) => {
    const source = step.input(SAMPLE_INPUTS.source, { shape: [batch, ...generator.input], dtype: 'float32' });
    const truncation = truncates
      ? step.input(SAMPLE_INPUTS.truncation, { shape: [], dtype: 'float32' })
      : undefined;
    step.output('examples', applied(step, generator, source, { prefix: averaged ? EMA : '', truncation }));
  });
}

/** `[batch, ...example]`, and the input images where they are seen, to logits. */
export function logitProgram(
  name: string,
  discriminator: Viewed,
  { batch, given }: { readonly batch: number; readonly given: readonly number[] | undefined },
): RecordedProgram {
  return recordProgram(name, discriminator.leaves, (step) => {
    const images = (input: string, extents: readonly number[]): tf.Tensor =>
      step.input(input, { shape: [batch, ...extents], dtype: 'float32' });
    const examples = images(SAMPLE_INPUTS.examples, discriminator.input);
    const seen =
      given === undefined
        ? examples
        : tf.concat([examples, images(SAMPLE_INPUTS.given, given)], examples.rank - 1);
    step.output('logits', applied(step, discriminator, seen));
  });
}

export interface InferenceOptions {
  /** Of the leaves: `EMA` for the running average. */
  readonly prefix?: string;
  readonly truncation?: tf.Tensor | undefined;
  /** One-hot classes of the input; by default, a network that is conditioned on classes has an input for them. */
  readonly labels?: tf.Tensor;
}

/** The network's output for an input with a batch axis. */
export function applied(
  step: StepContext,
  { player, classes }: Viewed,
  input: tf.Tensor,
  { prefix = '', truncation, labels }: InferenceOptions = {},
): tf.Tensor {
  const present = presentLeaves(step, player, prefix);
  return applyNetwork(player.network, player.root, input, present, 'sample', {
    truncation,
    labels:
      classes === 0
        ? undefined
        : (labels ??
          step.input(SAMPLE_INPUTS.labels, { shape: [input.shape[0] ?? 0, classes], dtype: 'float32' })),
  });
}
