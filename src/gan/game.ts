/**
 * The two players of a GAN and an update of each. The order of things in a step decides what is learnt:
 *
 * 1. fake = G(z), or G(the image given);
 * 2. the discriminator's gradient, with fake as plain numbers, and its update;
 * 3. the generator's gradient through the *updated* discriminator, whose parameters are plain numbers too. tfjs has
 *    no `stopGradient`; since the two gradients are taken one after the other, none flows through the update, which
 *    would make it an unrolled GAN (Metz et al. 2017).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ExampleShape } from '../data/source';
import { exampleExtents } from '../data/source';
import type { Tensors } from '../engine/engine';
import { applyNetwork } from '../nn/parameters';
import type { RandomSource } from '../nn/scope';
import { WorkbenchError } from '../shared/errors';
import type { TensorSpec } from '../shared/host-tensor';
import type { RegulariserContext } from './regularisers/regulariser';
import type { BoundRegulariser, GanSettings } from './settings';
import type { BatchPart } from './step/gradients';
import { accumulate, applyGradients, clipByNorm, gradientsOf, squaresOf } from './step/gradients';
import type { Player } from './step/player';
import { declarePlayer, updateAverage } from './step/player';
import type { StepContext } from './step/recorded-program';

export const GENERATOR = 'generator';
export const DISCRIMINATOR = 'discriminator';

/** Leaf: probability of adaptive augmentation. */
export const AUGMENT_PROBABILITY = 'augment/probability';

const SCALAR: TensorSpec = { shape: [], dtype: 'float32' };

/** Inputs that a caller supplies. */
export const INPUTS = {
  /** `[batch, ...example]` */
  real: 'real',
  /** `[batch, ...input]`: the images given with the real ones. */
  given: 'given',
  /** One-hot `[batch, classes]` of the real examples, and of those to be generated. */
  realLabels: 'realLabels',
  fakeLabels: 'fakeLabels',
  /** Share of the run that is done. */
  progress: 'progress',
} as const;

/** Outputs of the training programs. */
export const OUTPUTS = {
  discriminatorLoss: 'discriminatorLoss',
  generatorLoss: 'generatorLoss',
  realScore: 'realScore',
  fakeScore: 'fakeScore',
  /** Sum of squares of each trained leaf's gradient, in the leaves' order. */
  discriminatorGradientSquares: 'discriminatorGradientSquares',
  generatorGradientSquares: 'generatorGradientSquares',
  /** What only some experiments have: `extra.r1Penalty`. */
  extra: (name: string) => `extra.${name}`,
} as const;

export interface Players {
  readonly generator: Player;
  readonly discriminator: Player;
}

/** Finds the leaves of both networks; throws where their shapes do not fit together. */
export function declarePlayers(settings: GanSettings): Players {
  const { batchSize, source, classes } = settings;
  const example = [batchSize, ...exampleExtents(settings.example)];
  const generator = declarePlayer(
    GENERATOR,
    settings.generator,
    [batchSize, ...sourceExtents(settings)],
    classes,
  );
  expectOutput(generator, example.join() === generator.outputShape.join(), `[${example.join(', ')}]`);
  const judged =
    source.kind === 'image' && source.isSeenByDiscriminator
      ? [...example.slice(0, -1), (example.at(-1) ?? 0) + source.shape.channels]
      : example;
  const discriminator = declarePlayer(DISCRIMINATOR, settings.discriminator, judged, classes);
  const isLogits = discriminator.outputShape.at(0) === batchSize && discriminator.outputShape.at(-1) === 1;
  expectOutput(discriminator, isLogits, `[${batchSize}, 1], or [${batchSize}, rows, columns, 1] of patches`);
  return { generator, discriminator };
}

/** What a generator is given for one example, without the batch. */
export function sourceExtents({ source }: Pick<GanSettings, 'source'>): readonly number[] {
  return source.kind === 'latents' ? [source.size] : exampleExtents(source.shape);
}

function expectOutput(player: Player, fits: boolean, expected: string): void {
  if (!fits)
    throw new WorkbenchError(
      `The ${player.root} gives [${player.outputShape.join(', ')}], and ${expected} is needed.`,
      'Choose another network, or other sizes for it.',
    );
}

/** What a discriminator is shown: the examples after views and augmentation, with the images given as channels. */
interface Shown {
  readonly examples: tf.Tensor;
  readonly labels: tf.Tensor | undefined;
}

/** One step of one game, as its programs build it. */
export class GameStep {
  readonly #settings: GanSettings;
  readonly #players: Players;
  readonly #step: StepContext;

  constructor(settings: GanSettings, players: Players, step: StepContext) {
    this.#settings = settings;
    this.#players = players;
    this.#step = step;
  }

  /** One update of the discriminator on a real batch, with samples of the present generator. */
  updateDiscriminator(regularisers: readonly BoundRegulariser[], part: BatchPart): void {
    const step = this.#step;
    const settings = this.#settings;
    const player = this.#players.discriminator;
    const shown = {
      real: this.#show(step.input(INPUTS.real, this.#spec(settings.example)), 'real'),
      fake: this.#show(this.#generate(), 'fake'),
    };
    const statistics = new Statistics(step, player);
    const gradients = gradientsOf(step, player, (parameters) => {
      const taps = { real: new Taps(), fake: new Taps() };
      const score = (who: 'real' | 'fake'): tf.Tensor =>
        this.#judge(shown[who], { ...parameters, ...statistics.present }, who, {
          onStatistic: (name, value) => statistics.update(name, value),
          onTap: taps[who].add,
        });
      const logits = { real: score('real'), fake: score('fake') };
      // A penalty may look at the examples again; only the passes over the batch itself count for running statistics.
      const held = { ...parameters, ...statistics.present };
      step.output(OUTPUTS.realScore, tf.mean(tf.sigmoid(logits.real)));
      step.output(OUTPUTS.fakeScore, tf.mean(tf.sigmoid(logits.fake)));
      this.#adaptAugmentation(logits.real, part);
      const base = settings.objective.discriminatorLoss(logits);
      step.output(OUTPUTS.discriminatorLoss, base);
      let total = base;
      if (settings.auxiliary !== undefined) {
        const auxiliary = settings.auxiliary.discriminator({
          real: taps.real.get,
          fake: taps.fake.get,
          realLabels: this.#labels('real'),
          fakeLabels: this.#labels('fake'),
        });
        step.output(OUTPUTS.extra('discriminatorClassLoss'), auxiliary);
        total = tf.add(total, auxiliary);
      }
      for (const { name, every, penalty } of regularisers) {
        if (penalty === undefined) continue;
        let calls = 0;
        const value = penalty({
          discriminator: (examples, labelsOf = 'real') =>
            this.#judge({ ...shown[labelsOf], examples }, held, `${name}${calls++}`),
          real: shown.real.examples,
          fake: shown.fake.examples,
          logits,
          ...this.#context(name),
        });
        step.output(OUTPUTS.extra(penaltyName(name)), value);
        total = tf.add(total, tf.mul(value, every));
      }
      return total;
    });
    statistics.write();
    this.#apply(player, gradients, OUTPUTS.discriminatorGradientSquares, part, (parameter) =>
      settings.regularisers.reduce((value, { constrain }) => constrain?.(value) ?? value, parameter),
    );
  }

  /** One update of the generator against the present discriminator. */
  updateGenerator(part: BatchPart): void {
    const step = this.#step;
    const settings = this.#settings;
    const player = this.#players.generator;
    const statistics = new Statistics(step, player);
    const discriminator = Object.fromEntries(
      [...this.#players.discriminator.trained, ...this.#players.discriminator.statistics].map((leaf) => [
        leaf,
        step.leaf(leaf),
      ]),
    );
    const judge = (shown: Shown, tag: string, taps?: Taps): tf.Tensor =>
      this.#judge(shown, discriminator, tag, taps === undefined ? {} : { onTap: taps.add });
    const gradients = gradientsOf(step, player, (parameters) => {
      const output = this.#generate(parameters, (name, value) => statistics.update(name, value));
      const taps = new Taps();
      const fake = judge(this.#show(output, 'fake'), 'judged', taps);
      const real = settings.objective.generatorUsesReal
        ? judge(this.#show(step.input(INPUTS.real, this.#spec(settings.example)), 'real'), 'judgedReal')
        : fake;
      const base = settings.objective.generatorLoss({ real, fake });
      step.output(OUTPUTS.generatorLoss, base);
      let total = settings.adversarialWeight === 1 ? base : tf.mul(base, settings.adversarialWeight);
      if (settings.auxiliary !== undefined) {
        const auxiliary = settings.auxiliary.generator({ fake: taps.get, fakeLabels: this.#labels('fake') });
        step.output(OUTPUTS.extra('generatorClassLoss'), auxiliary);
        total = tf.add(total, auxiliary);
      }
      for (const { name, value } of this.#generatorLosses(output, judge)) {
        step.output(OUTPUTS.extra(`${name}Loss`), value);
        total = tf.add(total, value);
      }
      return total;
    });
    statistics.write();
    if (
      this.#apply(player, gradients, OUTPUTS.generatorGradientSquares, part) &&
      settings.averaging !== undefined
    )
      updateAverage(step, player);
  }

  /** Losses that compare what was made with what should have been made. */
  #generatorLosses(
    output: tf.Tensor,
    judge: (shown: Shown, tag: string, taps: Taps) => tf.Tensor,
  ): { readonly name: string; readonly value: tf.Tensor }[] {
    const { generatorLosses, example } = this.#settings;
    if (generatorLosses.length === 0) return [];
    const target = this.#step.input(INPUTS.real, this.#spec(example));
    // The images are compared as they are: what views and augmentation do is no fault of the generator.
    const features = (examples: tf.Tensor, tag: string): ((tap: string) => tf.Tensor) => {
      let taps: Taps | undefined;
      return (tap) => {
        if (taps === undefined) {
          taps = new Taps();
          judge({ examples: this.#withGiven(examples), labels: this.#labelsIfAny('real') }, tag, taps);
        }
        return taps.get(tap);
      };
    };
    const inputs = {
      output,
      target,
      outputFeatures: features(output, 'outputFeatures'),
      targetFeatures: features(target, 'targetFeatures'),
      taps: this.#players.discriminator.taps,
    };
    return generatorLosses.map(({ name, loss }) => ({ name, value: loss(inputs) }));
  }

  /** G(z) or G(the image given), with the present generator unless other parameters are given. */
  #generate(parameters?: Tensors, onStatistic?: (name: string, value: tf.Tensor) => void): tf.Tensor {
    const step = this.#step;
    const { generator } = this.#players;
    const leaves: Tensors = {};
    for (const leaf of [...generator.trained, ...generator.statistics])
      leaves[leaf] = parameters?.[leaf] ?? step.leaf(leaf);
    return applyNetwork(this.#settings.generator, GENERATOR, this.#source(), leaves, 'train', {
      labels: this.#labelsIfAny('fake'),
      ...(onStatistic === undefined ? {} : { onStatistic }),
      random: step.random,
    });
  }

  /** `[batch, latentSize]` or `[batch, ...input]` */
  #source(): tf.Tensor {
    const { source, batchSize } = this.#settings;
    return source.kind === 'image'
      ? this.#step.input(INPUTS.given, this.#spec(source.shape))
      : drawLatents(this.#step.random, batchSize, source);
  }

  #judge(
    { examples, labels }: Shown,
    leaves: Tensors,
    tag: string,
    observers: {
      onStatistic?: (name: string, value: tf.Tensor) => void;
      onTap?: (name: string, value: tf.Tensor) => void;
    } = {},
  ): tf.Tensor {
    return applyNetwork(this.#settings.discriminator, DISCRIMINATOR, examples, leaves, 'train', {
      labels,
      ...observers,
      random: prefixed(this.#step.random, tag),
    });
  }

  #show(examples: tf.Tensor, who: 'real' | 'fake'): Shown {
    let seen = examples;
    for (const { name, view } of this.#settings.regularisers)
      if (view !== undefined) seen = view(seen, this.#context(`${name}.${who}`));
    return { examples: this.#augment(this.#withGiven(seen), who), labels: this.#labelsIfAny(who) };
  }

  #withGiven(examples: tf.Tensor): tf.Tensor {
    const { source } = this.#settings;
    return source.kind === 'image' && source.isSeenByDiscriminator
      ? tf.concat([examples, this.#source()], examples.rank - 1)
      : examples;
  }

  #augment(images: tf.Tensor, who: 'real' | 'fake'): tf.Tensor {
    const { augmentation, batchSize } = this.#settings;
    if (augmentation === undefined) return images;
    const probability =
      augmentation.adapt === undefined ? tf.scalar(augmentation.probability) : this.#probabilityBefore();
    return augmentation.transforms.reduce((result, { name, apply }) => {
      const random = prefixed(this.#step.random, `augment.${name}.${who}`);
      const gate =
        augmentation.adapt === undefined && augmentation.probability === 1
          ? tf.ones([batchSize, 1, 1, 1])
          : tf.step(tf.sub(probability, random('gate', [batchSize, 1, 1, 1], 'uniform')));
      return apply(result, { random, gate });
    }, images);
  }

  /** All of a step is augmented with the probability that it began with. */
  #probabilityBefore(): tf.Tensor {
    this.#probability ??= this.#step.leaf(AUGMENT_PROBABILITY);
    return this.#probability;
  }
  #probability: tf.Tensor | undefined;

  #adaptAugmentation(real: tf.Tensor, part: BatchPart): void {
    const adapt = this.#settings.augmentation?.adapt;
    if (adapt === undefined) return;
    const before = this.#probabilityBefore();
    const next = adapt(before, real);
    if (part === 'whole' || part === 'last') this.#step.output(OUTPUTS.extra('augmentProbability'), next);
    this.#step.write(AUGMENT_PROBABILITY, next);
  }

  #context(name: string): RegulariserContext {
    return {
      random: prefixed(this.#step.random, name),
      progress: () => this.#step.input(INPUTS.progress, SCALAR),
    };
  }

  #labels(who: 'real' | 'fake'): tf.Tensor {
    const { batchSize, classes } = this.#settings;
    return this.#step.input(who === 'real' ? INPUTS.realLabels : INPUTS.fakeLabels, {
      shape: [batchSize, classes],
      dtype: 'float32',
    });
  }

  /** Where an image is given, what is made of it is of its class. */
  #labelsIfAny(who: 'real' | 'fake'): tf.Tensor | undefined {
    if (this.#settings.classes === 0) return undefined;
    return this.#labels(this.#settings.source.kind === 'image' ? 'real' : who);
  }

  #spec(shape: ExampleShape): TensorSpec {
    return { shape: [this.#settings.batchSize, ...exampleExtents(shape)], dtype: 'float32' };
  }

  /** @returns whether the player was updated, which it is when its batch is complete */
  #apply(
    player: Player,
    gradients: Tensors,
    squaresOutput: string,
    part: BatchPart,
    constrain?: (parameter: tf.Tensor) => tf.Tensor,
  ): boolean {
    const { optimiser, gradientClipping } = this.#settings;
    const whole = accumulate(this.#step, player, gradients, part, this.#settings.accumulate);
    this.#step.output(squaresOutput, squaresOf(whole ?? gradients));
    if (whole === undefined) return false;
    const clipped = gradientClipping === undefined ? whole : clipByNorm(whole, gradientClipping);
    applyGradients(this.#step, player, clipped, optimiser, constrain);
    return true;
  }
}

/** Name under which a regulariser's penalty is recorded: `r1Penalty`, `gradientPenalty`. */
export function penaltyName(regulariser: string): string {
  const camel = regulariser.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return camel.endsWith('Penalty') ? camel : `${camel}Penalty`;
}

/** Latents of the config's prior, `[count, size]`. */
function drawLatents(
  random: RandomSource,
  count: number,
  { size, prior }: { readonly size: number; readonly prior: 'normal' | 'uniform' },
): tf.Tensor {
  if (prior === 'normal') return random('latents', [count, size], 'normal');
  return tf.sub(tf.mul(random('latents', [count, size], 'uniform'), 2), 1);
}

function prefixed(random: RandomSource, prefix: string): RandomSource {
  return (name, shape, distribution) => random(`${prefix}/${name}`, shape, distribution);
}

/** Running statistics of a network over the passes of an update, each of which begins where the one before ended. */
class Statistics {
  readonly #step: StepContext;
  readonly present: Tensors;

  constructor(step: StepContext, player: Player) {
    this.#step = step;
    this.present = Object.fromEntries(player.statistics.map((name) => [name, step.leaf(name)]));
  }

  update(name: string, value: tf.Tensor): void {
    this.present[name] = tf.keep(value);
  }

  write(): void {
    for (const [name, value] of Object.entries(this.present)) this.#step.write(name, value);
  }
}

/** What a network made known in one application. */
class Taps {
  readonly #values = new Map<string, tf.Tensor>();

  readonly add = (name: string, value: tf.Tensor): void => void this.#values.set(name, value);

  readonly get = (name: string): tf.Tensor => {
    const value = this.#values.get(name);
    if (value === undefined)
      throw new WorkbenchError(
        `The discriminator has no ${name}, which a loss looks at; it has ${[...this.#values.keys()].join(', ') || 'none'}.`,
        'Choose another discriminator, or leave that loss out.',
      );
    return value;
  };
}
