/** What both networks of a GAN for points make of the plane, as one inference program. */
import * as tf from '@tensorflow/tfjs-core';
import '../nn/gradients';
import type { TensorSpec } from '../shared/host-tensor';
import { applied, type Viewed } from './programs';
import type { BoundObjective } from './settings';
import { EMA } from './step/player';
import { type RecordedProgram, recordProgram } from './step/recorded-program';

/** Inputs, besides the one-hot classes of the generated points (`SAMPLE_INPUTS.labels`). */
export const PLANE_INPUTS = {
  /** `[count, latentSize]` */
  source: 'source',
  /** `[count, 2]`: real points, where the objective compares generated ones with them. */
  real: 'real',
  /** `[places, 2]`: where the discriminator is asked. */
  places: 'places',
  /** `[lattice, latentSize]` */
  lattice: 'lattice',
} as const;

/** Numbers of rows of the inputs; the lattice may have none. */
export interface PlaneSizes {
  readonly count: number;
  readonly places: number;
  readonly lattice: number;
}

export interface PlaneNetworks {
  readonly generator: Viewed;
  /** Judges single points. */
  readonly discriminator: Viewed;
  readonly objective: BoundObjective;
  /** Whether to use the running average of the generator. */
  readonly averaged: boolean;
}

/**
 * Outputs of the program:
 *
 * - `fake` `[count, 2]`, the generated points;
 * - `scores` `[places]`, sigmoid of the discriminator's logit;
 * - `descent` `[count, 2]`, the direction in which the generator's adversarial loss falls if a generated point moves:
 *   minus the gradient, times `count` because the loss is a mean;
 * - `manifold` `[lattice, 2]`, where the latents of the lattice are mapped to.
 */
export function planeProgram(
  name: string,
  { generator, discriminator, objective, averaged }: PlaneNetworks,
  { count, places, lattice }: PlaneSizes,
): RecordedProgram {
  const spec = (rows: number, width: number): TensorSpec => ({ shape: [rows, width], dtype: 'float32' });
  const [latentSize = 0] = generator.input;
  const prefix = averaged ? EMA : '';
  return recordProgram(name, generator.leaves, (step) => {
    // Zero labels request no class, so the score is that of the place as such.
    const labels = tf.zeros([places, discriminator.classes]);
    const logits = applied(step, discriminator, step.input(PLANE_INPUTS.places, spec(places, 2)), { labels });
    step.output('scores', tf.mean(tf.reshape(tf.sigmoid(logits), [places, -1]), 1));

    const fake = applied(step, generator, step.input(PLANE_INPUTS.source, spec(count, latentSize)), {
      prefix,
    });
    step.output('fake', fake);
    const loss = (points: tf.Tensor): tf.Tensor => {
      const judged = applied(step, discriminator, points);
      const real = objective.generatorUsesReal
        ? applied(step, discriminator, step.input(PLANE_INPUTS.real, spec(count, 2)))
        : judged;
      return tf.reshape(objective.generatorLoss({ real, fake: judged }), []);
    };
    step.output('descent', tf.mul(tf.grad(loss)(fake), -count));
    if (lattice === 0) return;
    const latents = step.input(PLANE_INPUTS.lattice, spec(lattice, latentSize));
    step.output('manifold', applied(step, generator, latents, { prefix }));
  });
}
