/**
 * The programs of a GAN: the update of the discriminator, the update of the generator, the two in one, sampling and
 * scoring. What they have in common is the order of things in a step, which decides what is learnt:
 *
 * 1. fake = G(z);
 * 2. the discriminator's gradient, with fake as plain numbers, and its update;
 * 3. the generator's gradient through the *updated* discriminator, whose parameters are plain numbers too. tfjs has
 *    no `stopGradient`; since the two gradients are taken one after the other, none flows through the update, which
 *    would make it an unrolled GAN (Metz et al. 2017).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Program, Tensors } from '../engine/engine';
import '../nn/gradients';
import { adamUpdate } from '../nn/adam';
import type { NetworkDeclaration } from '../nn/parameters';
import { applyNetwork, declareNetwork } from '../nn/parameters';
import type { NetworkMode } from '../nn/scope';
import type { TensorSpec } from '../shared/host-tensor';
import type { BoundRegulariser, GanSettings } from './settings';

export const GENERATOR = 'generator';
export const DISCRIMINATOR = 'discriminator';
export const EMA = 'ema/';
export const ADAM_MEAN = 'adam.mean/';
export const ADAM_VARIANCE = 'adam.variance/';

export type Player = typeof GENERATOR | typeof DISCRIMINATOR;

/** Examples that one call of the sampling program makes. */
export const SAMPLE_BATCH = 64;

const SCALAR: TensorSpec = { shape: [], dtype: 'float32' };

/** Inputs of a player's update, from `adamStep`. */
export function adamInputs(player: Player): { readonly stepSize: string; readonly epsilon: string } {
  return { stepSize: `${player}.stepSize`, epsilon: `${player}.epsilon` };
}
/** Share of the old average in this step. */
export const EMA_DECAY = 'emaDecay';

export interface PlayerLeaves {
  readonly declaration: NetworkDeclaration;
  readonly trained: readonly string[];
  readonly statistics: readonly string[];
}

export interface GanLeaves {
  readonly generator: PlayerLeaves;
  readonly discriminator: PlayerLeaves;
}

export function exampleExtents(settings: GanSettings): number[] {
  const { example } = settings;
  return example.kind === 'points' ? [example.dimensions] : [example.height, example.width, example.channels];
}

/** Finds the leaves of both networks; throws where their shapes do not fit together. */
export function declareLeaves(settings: GanSettings): GanLeaves {
  const example = [settings.batchSize, ...exampleExtents(settings)];
  const generator = declareNetwork(settings.generator, GENERATOR, [settings.batchSize, settings.latent.size]);
  const discriminator = declareNetwork(settings.discriminator, DISCRIMINATOR, example);
  expectShape(generator, example, 'The generator', 'the images of the data');
  expectShape(discriminator, [settings.batchSize, 1], 'The discriminator', 'one logit for each example');
  return { generator: playerLeaves(generator), discriminator: playerLeaves(discriminator) };
}

function expectShape(
  declaration: NetworkDeclaration,
  shape: readonly number[],
  who: string,
  what: string,
): void {
  if (declaration.outputShape.join() !== shape.join())
    throw new RangeError(
      `${who} gives [${declaration.outputShape.join(', ')}], and ${what} are [${shape.join(', ')}].`,
    );
}

function playerLeaves(declaration: NetworkDeclaration): PlayerLeaves {
  const names = (trained: boolean): string[] =>
    declaration.leaves.filter((leaf) => leaf.trained === trained).map((leaf) => leaf.name);
  return { declaration, trained: names(true), statistics: names(false) };
}

/** Outputs of the training programs. */
export const OUTPUTS = {
  discriminatorLoss: 'discriminatorLoss',
  generatorLoss: 'generatorLoss',
  realScore: 'realScore',
  fakeScore: 'fakeScore',
  /** Sum of squares of each trained leaf's gradient, in the leaves' order. */
  discriminatorGradientSquares: 'discriminatorGradientSquares',
  generatorGradientSquares: 'generatorGradientSquares',
  penalty: (regulariser: string) => `penalty.${regulariser}`,
} as const;

/** One update of the discriminator on a real batch, with samples of the present generator. */
export function discriminatorProgram(
  name: string,
  settings: GanSettings,
  leaves: GanLeaves,
  regularisers: readonly BoundRegulariser[],
): Program {
  const player = leaves.discriminator;
  return {
    name,
    reads: [...updateReads(player), ...leaves.generator.trained, ...leaves.generator.statistics],
    writes: updateReads(player),
    inputs: { ...batchInputs(settings), ...updateInputs(DISCRIMINATOR) },
    build(state, inputs) {
      const fake = generate(settings, state, input(inputs, 'latents'));
      const update = updateDiscriminator(settings, leaves, regularisers, state, inputs, fake);
      return { state: update.state, outputs: update.outputs };
    },
  };
}

/** One update of the generator against the present discriminator. */
export function generatorProgram(name: string, settings: GanSettings, leaves: GanLeaves): Program {
  return {
    name,
    reads: [
      ...generatorReads(settings, leaves),
      ...leaves.discriminator.trained,
      ...leaves.discriminator.statistics,
    ],
    writes: generatorReads(settings, leaves),
    inputs: {
      latents: { shape: [settings.batchSize, settings.latent.size], dtype: 'float32' },
      ...generatorInputs(settings),
    },
    build: (state, inputs) => updateGenerator(settings, leaves, state, inputs),
  };
}

/** Both updates in one program, which computes G(z) once; for one discriminator update a step. */
export function stepProgram(
  name: string,
  settings: GanSettings,
  leaves: GanLeaves,
  regularisers: readonly BoundRegulariser[],
): Program {
  return {
    name,
    reads: [...updateReads(leaves.discriminator), ...generatorReads(settings, leaves)],
    writes: [...updateReads(leaves.discriminator), ...generatorReads(settings, leaves)],
    inputs: {
      ...batchInputs(settings),
      ...updateInputs(DISCRIMINATOR),
      ...generatorInputs(settings),
    },
    build(state, inputs) {
      const fake = generate(settings, state, input(inputs, 'latents'));
      const first = updateDiscriminator(settings, leaves, regularisers, state, inputs, fake);
      const second = updateGenerator(settings, leaves, { ...state, ...first.state }, inputs);
      return {
        state: { ...first.state, ...second.state },
        outputs: { ...first.outputs, ...second.outputs },
      };
    },
  };
}

/** `[SAMPLE_BATCH, latentSize] -> [SAMPLE_BATCH, ...example]`, by the averaged generator where there is one. */
export function sampleProgram(name: string, settings: GanSettings, leaves: GanLeaves): Program {
  const prefix = settings.emaDecay === undefined ? '' : EMA;
  const names = [...leaves.generator.trained, ...leaves.generator.statistics];
  return {
    name,
    reads: names.map((leaf) => prefix + leaf),
    writes: [],
    inputs: { latents: { shape: [SAMPLE_BATCH, settings.latent.size], dtype: 'float32' } },
    build(state, inputs) {
      const generator: Tensors = {};
      for (const leaf of names) generator[leaf] = leafOf(state, prefix + leaf);
      return {
        state: {},
        outputs: {
          examples: applyNetwork(
            settings.generator,
            GENERATOR,
            input(inputs, 'latents'),
            generator,
            'sample',
          ),
        },
      };
    },
  };
}

/** `[SAMPLE_BATCH, ...example] -> [SAMPLE_BATCH]`: the probability of being real. */
export function scoreProgram(name: string, settings: GanSettings, leaves: GanLeaves): Program {
  return {
    name,
    reads: [...leaves.discriminator.trained, ...leaves.discriminator.statistics],
    writes: [],
    inputs: { examples: { shape: [SAMPLE_BATCH, ...exampleExtents(settings)], dtype: 'float32' } },
    build: (state, inputs) => ({
      state: {},
      outputs: {
        scores: tf.reshape(tf.sigmoid(discriminate(settings, state, input(inputs, 'examples'), 'sample')), [
          SAMPLE_BATCH,
        ]),
      },
    }),
  };
}

function batchInputs(settings: GanSettings): Record<string, TensorSpec> {
  return {
    real: { shape: [settings.batchSize, ...exampleExtents(settings)], dtype: 'float32' },
    latents: { shape: [settings.batchSize, settings.latent.size], dtype: 'float32' },
  };
}

function updateInputs(player: Player): Record<string, TensorSpec> {
  const names = adamInputs(player);
  return { [names.stepSize]: SCALAR, [names.epsilon]: SCALAR };
}

function generatorInputs(settings: GanSettings): Record<string, TensorSpec> {
  return {
    ...updateInputs(GENERATOR),
    ...(settings.emaDecay === undefined ? {} : { [EMA_DECAY]: SCALAR }),
  };
}

/** What an update of a player reads and writes. */
function updateReads(player: PlayerLeaves): string[] {
  return [
    ...player.trained,
    ...player.statistics,
    ...player.trained.map((leaf) => ADAM_MEAN + leaf),
    ...player.trained.map((leaf) => ADAM_VARIANCE + leaf),
  ];
}

function generatorReads(settings: GanSettings, leaves: GanLeaves): string[] {
  const own = updateReads(leaves.generator);
  if (settings.emaDecay === undefined) return own;
  return [...own, ...[...leaves.generator.trained, ...leaves.generator.statistics].map((leaf) => EMA + leaf)];
}

function generate(
  settings: GanSettings,
  leaves: Tensors,
  latents: tf.Tensor,
  statistics?: Tensors,
): tf.Tensor {
  return applyNetwork(settings.generator, GENERATOR, latents, leaves, 'train', {
    onStatistic: (name, value) => {
      if (statistics !== undefined) statistics[name] = tf.keep(value);
    },
  });
}

function discriminate(
  settings: GanSettings,
  leaves: Tensors,
  examples: tf.Tensor,
  mode: NetworkMode,
  onStatistic: (name: string, value: tf.Tensor) => void = () => undefined,
): tf.Tensor {
  return applyNetwork(settings.discriminator, DISCRIMINATOR, examples, leaves, mode, { onStatistic });
}

interface Update {
  readonly state: Tensors;
  readonly outputs: Tensors;
}

function updateDiscriminator(
  settings: GanSettings,
  leaves: GanLeaves,
  regularisers: readonly BoundRegulariser[],
  state: Tensors,
  inputs: Tensors,
  fake: tf.Tensor,
): Update {
  const player = leaves.discriminator;
  const real = input(inputs, 'real');
  const current: Tensors = pick(state, player.statistics);
  const outputs: Tensors = {};
  const { gradients } = gradientsOf(state, player.trained, (parameters) => {
    const score = (examples: tf.Tensor): tf.Tensor =>
      discriminate(settings, { ...parameters, ...current }, examples, 'train', (name, value) => {
        current[name] = tf.keep(value);
      });
    const logits = { real: score(real), fake: score(fake) };
    const statistics = { ...current };
    outputs[OUTPUTS.realScore] = tf.keep(tf.mean(tf.sigmoid(logits.real)));
    outputs[OUTPUTS.fakeScore] = tf.keep(tf.mean(tf.sigmoid(logits.fake)));
    const base = settings.objective.discriminatorLoss(logits);
    outputs[OUTPUTS.discriminatorLoss] = tf.keep(base);
    let total = base;
    const context = {
      random: () => tf.scalar(0),
      progress: () => tf.scalar(0),
    };
    for (const regulariser of regularisers) {
      const penalty = regulariser.penalty({ discriminator: score, real, fake, logits, ...context });
      outputs[OUTPUTS.penalty(regulariser.name)] = tf.keep(penalty);
      total = tf.add(total, tf.mul(penalty, regulariser.every));
    }
    // A penalty may look at the examples again; only the passes over the batch itself count for running statistics.
    Object.assign(current, statistics);
    return total;
  });
  outputs[OUTPUTS.discriminatorGradientSquares] = squaresOf(gradients);
  return {
    state: { ...applyAdam(settings, state, inputs, DISCRIMINATOR, player, gradients), ...current },
    outputs,
  };
}

function updateGenerator(settings: GanSettings, leaves: GanLeaves, state: Tensors, inputs: Tensors): Update {
  const player = leaves.generator;
  const statistics: Tensors = {};
  const { gradients, loss } = gradientsOf(state, player.trained, (parameters) => {
    const fake = generate(settings, { ...state, ...parameters }, input(inputs, 'latents'), statistics);
    const made = discriminate(settings, state, fake, 'train');
    return settings.objective.generatorLoss({ real: made, fake: made });
  });
  const next: Tensors = {
    ...applyAdam(settings, state, inputs, GENERATOR, player, gradients),
    ...statistics,
  };
  if (settings.emaDecay !== undefined) {
    const decay = input(inputs, EMA_DECAY);
    for (const leaf of [...player.trained, ...player.statistics]) {
      const present = next[leaf] ?? leafOf(state, leaf);
      const average = leafOf(state, EMA + leaf);
      next[EMA + leaf] = tf.add(present, tf.mul(tf.sub(average, present), decay));
    }
  }
  return {
    state: next,
    outputs: { [OUTPUTS.generatorLoss]: loss, [OUTPUTS.generatorGradientSquares]: squaresOf(gradients) },
  };
}

/**
 * Value and gradients of a loss with respect to the named leaves. tfjs frees what `loss` computed when it returns;
 * whatever else leaves it must be kept.
 */
function gradientsOf(
  state: Tensors,
  names: readonly string[],
  loss: (parameters: Tensors) => tf.Tensor,
): { readonly loss: tf.Tensor; readonly gradients: Tensors } {
  const { value, grads } = tf.valueAndGrads((...parameters: tf.Tensor[]) => {
    const named: Tensors = {};
    names.forEach((name, i) => {
      const parameter = parameters[i];
      if (parameter !== undefined) named[name] = parameter;
    });
    return tf.reshape(loss(named), []);
  })(names.map((name) => leafOf(state, name)));
  const gradients: Tensors = {};
  names.forEach((name, i) => {
    const gradient = grads[i];
    if (gradient !== undefined) gradients[name] = gradient;
  });
  return { loss: value, gradients };
}

function applyAdam(
  settings: GanSettings,
  state: Tensors,
  inputs: Tensors,
  who: Player,
  player: PlayerLeaves,
  gradients: Tensors,
): Tensors {
  const names = adamInputs(who);
  const step = { stepSize: input(inputs, names.stepSize), epsilon: input(inputs, names.epsilon) };
  const next: Tensors = {};
  for (const leaf of player.trained) {
    const updated = adamUpdate(
      {
        parameter: leafOf(state, leaf),
        mean: leafOf(state, ADAM_MEAN + leaf),
        variance: leafOf(state, ADAM_VARIANCE + leaf),
      },
      leafOf(gradients, leaf),
      settings.adam,
      step,
    );
    next[leaf] = updated.parameter;
    next[ADAM_MEAN + leaf] = updated.mean;
    next[ADAM_VARIANCE + leaf] = updated.variance;
  }
  return next;
}

/** `[leaves]` */
function squaresOf(gradients: Tensors): tf.Tensor {
  return tf.stack(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient))));
}

function pick(state: Tensors, names: readonly string[]): Tensors {
  return Object.fromEntries(names.map((name) => [name, leafOf(state, name)]));
}

function leafOf(state: Tensors, name: string): tf.Tensor {
  const tensor = state[name];
  if (tensor === undefined) throw new RangeError(`the program was not given the leaf ${name}`);
  return tensor;
}

function input(inputs: Tensors, name: string): tf.Tensor {
  const tensor = inputs[name];
  if (tensor === undefined) throw new RangeError(`the program was not given the input ${name}`);
  return tensor;
}
