/** Gradients of a loss with respect to a player's trained leaves, and their application. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import '../../nn/gradients';
import type { TensorSpec } from '../../shared/host-tensor';
import type { BoundOptimiser, Optimisation } from '../settings';
import { ACCUMULATED, type Player } from './player';
import type { StepContext } from './recorded-program';

const SCALAR: TensorSpec = { shape: [], dtype: 'float32' };

/**
 * tfjs frees tensors created by `loss` when it returns; any tensor that outlives it must be kept.
 *
 * @param trained names of the leaves
 */
export function gradientsOf(
  step: StepContext,
  trained: readonly string[],
  loss: (parameters: Tensors) => tf.Tensor,
): Tensors {
  const { grads } = tf.valueAndGrads((...parameters: tf.Tensor[]) => {
    const named: Tensors = {};
    trained.forEach((name, i) => {
      const parameter = parameters[i];
      if (parameter !== undefined) named[name] = parameter;
    });
    return tf.reshape(loss(named), []);
  })(trained.map((name) => step.leaf(name)));
  const gradients: Tensors = {};
  trained.forEach((name, i) => {
    const gradient = grads[i];
    if (gradient !== undefined) gradients[name] = gradient;
  });
  return gradients;
}

/** Sum of squares of each gradient, `[leaves]`, in the order of the player's trained leaves. */
function squaresOf(gradients: Tensors): tf.Tensor {
  return tf.stack(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient))));
}

/**
 * Part of an accumulated batch: all but the last only add their gradients to a sum; the last divides the sum by the
 * number of parts and clears it.
 */
export type BatchPart = 'whole' | 'earlier' | 'last';

/** @returns the gradients of the whole batch, or undefined while parts are missing */
export function accumulate(
  step: StepContext,
  player: Player,
  gradients: Tensors,
  part: BatchPart,
  parts: number,
): Tensors | undefined {
  if (part === 'whole') return gradients;
  const means: Tensors = {};
  for (const leaf of player.trained) {
    const name = ACCUMULATED + leaf;
    const sum = tf.add(step.leaf(name), tensorIn(gradients, leaf));
    if (part === 'earlier') step.write(name, sum);
    else {
      means[leaf] = tf.div(sum, parts);
      step.write(name, tf.zerosLike(sum));
    }
  }
  return part === 'last' ? means : undefined;
}

/** Scales all gradients together so that their norm is at most `limit` (Pascanu et al. 2013, algorithm 1). */
export function clipByNorm(gradients: Tensors, limit: number): Tensors {
  const norm = tf.sqrt(tf.sum(squaresOf(gradients)));
  const factor = tf.div(limit, tf.maximum(norm, limit));
  return Object.fromEntries(Object.entries(gradients).map(([name, value]) => [name, tf.mul(value, factor)]));
}

/** Name of a scalar input of a player's update. */
export function scalarInput(player: Player, scalar: string): string {
  return `${player.root}.${scalar}`;
}

/**
 * Applies gradients to the weights and slots of a player.
 *
 * @param constrain applied to each weight after the update
 */
function applyGradients(
  step: StepContext,
  player: Player,
  gradients: Tensors,
  optimiser: BoundOptimiser,
  constrain: (parameter: tf.Tensor) => tf.Tensor = (parameter) => parameter,
): void {
  const scalars: Tensors = {};
  for (const name of optimiser.scalars) scalars[name] = step.input(scalarInput(player, name), SCALAR);
  for (const leaf of player.trained) {
    const slots: Tensors = {};
    for (const slot of optimiser.slots) slots[slot] = step.leaf(`${slot}/${leaf}`);
    const updated = optimiser.update(
      { parameter: step.leaf(leaf), slots },
      tensorIn(gradients, leaf),
      scalars,
    );
    step.write(leaf, constrain(updated.parameter));
    for (const slot of optimiser.slots) step.write(`${slot}/${leaf}`, tensorIn(updated.slots, slot));
  }
}

export interface PlayerUpdate {
  readonly rules: Pick<Optimisation, 'optimiser' | 'gradientClipping' | 'accumulate'>;
  readonly part: BatchPart;
  /** Applied to each weight after the update. */
  readonly constrain?: (parameter: tf.Tensor) => tf.Tensor;
}

/**
 * Accumulates, clips and applies gradients. The player is updated when its batch is complete; `squares` are then those
 * of the whole batch's gradients before clipping.
 */
export function updatePlayer(
  step: StepContext,
  player: Player,
  gradients: Tensors,
  { rules, part, constrain }: PlayerUpdate,
): { readonly isUpdated: boolean; readonly squares: tf.Tensor } {
  const whole = accumulate(step, player, gradients, part, rules.accumulate);
  const squares = squaresOf(whole ?? gradients);
  if (whole === undefined) return { isUpdated: false, squares };
  const clipped = rules.gradientClipping === undefined ? whole : clipByNorm(whole, rules.gradientClipping);
  applyGradients(step, player, clipped, rules.optimiser, constrain);
  return { isUpdated: true, squares };
}

function tensorIn(tensors: Readonly<Record<string, tf.Tensor>>, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined)
    throw new RangeError(`there is no ${name} among ${Object.keys(tensors).join(', ')}`);
  return tensor;
}
