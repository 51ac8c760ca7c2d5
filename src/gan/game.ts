/**
 * The two players of a GAN and their updates. The order within a step determines what is learnt:
 *
 * 1. fake = G(z), or G(input image);
 * 2. the discriminator's gradient, with fake held constant, and its update;
 * 3. the generator's gradient through the *updated* discriminator, whose parameters are held constant too. tfjs has no
 *    `stopGradient`; since the two gradients are taken one after the other, none flows through the update, which would
 *    make it an unrolled GAN (Metz et al. 2017).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine/engine';
import { applyNetwork } from '../nn/parameters';
import type { ExampleShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { TensorSpec } from '../shared/host-tensor';
import type { ExampleOrigin } from './discriminator-step';
import { DiscriminatorStep } from './discriminator-step';
import { keptLeaf } from './kept-values';
import { packedShape, packSizeOf } from './packs';
import type { BoundGeneratorRegulariser, BoundRegulariser, GanSettings } from './settings';
import { drawLatents } from './step/draw-latents';
import { expectLogits, expectOutput } from './step/expect-output';
import type { BatchPart } from './step/gradients';
import { gradientsOf, updatePlayer } from './step/gradients';
import { AUGMENT_PROBABILITY, INPUTS, OUTPUTS, recordName, STYLES } from './step/names';
import { ActivationTaps, prefixed, presentLeaves, Statistics } from './step/observed';
import type { Player } from './step/player';
import { declarePlayer, updateAverage } from './step/player';
import type { StepContext } from './step/recorded-program';
import { scheduledScalar } from './step/scheduled-scalar';

export const GENERATOR = 'generator';
export const DISCRIMINATOR = 'discriminator';

export interface Players {
  readonly generator: Player;
  readonly discriminator: Player;
}

/** Declares the leaves of both networks; throws if their shapes do not match. */
export function declarePlayers(settings: GanSettings): Players {
  const { batchSize, source, classes, frozenLayers } = settings;
  const example = [batchSize, ...exampleExtents(settings.example)];
  const generator = declarePlayer(
    GENERATOR,
    settings.generator,
    [batchSize, ...sourceExtents(settings)],
    classes,
    frozenLayers.generator,
  );
  expectOutput(generator, example);
  const judged =
    source.kind === 'image' && source.isSeenByDiscriminator
      ? [...example.slice(0, -1), (example.at(-1) ?? 0) + source.shape.channels]
      : example;
  const packSize = packSizeOf(settings.regularisers);
  const discriminator = declarePlayer(
    DISCRIMINATOR,
    settings.discriminator,
    packedShape(judged, packSize),
    classes,
    frozenLayers.discriminator,
  );
  expectLogits(discriminator, batchSize / packSize);
  return { generator, discriminator };
}

/** Shape of one generator input, without the batch dimension. */
export function sourceExtents({ source }: Pick<GanSettings, 'source'>): readonly number[] {
  return source.kind === 'latents' ? [source.size] : exampleExtents(source.shape);
}

/** One training step of a game, as its programs build it. */
export class GameStep {
  readonly #settings: GanSettings;
  readonly #players: Players;
  readonly #step: StepContext;
  readonly #discriminator: DiscriminatorStep;

  constructor(settings: GanSettings, players: Players, step: StepContext) {
    this.#settings = settings;
    this.#players = players;
    this.#step = step;
    const { source, classes } = settings;
    this.#discriminator = new DiscriminatorStep(settings, players.discriminator, step, {
      ...(classes === 0 ? {} : { labels: (who: ExampleOrigin) => this.#labels(who) }),
      ...(source.kind === 'image' && source.isSeenByDiscriminator ? { given: () => this.#source() } : {}),
      probabilityLeaf: AUGMENT_PROBABILITY,
    });
  }

  /** Updates the discriminator once on a real batch and samples of the current generator. */
  updateDiscriminator(regularisers: readonly BoundRegulariser[], part: BatchPart): void {
    this.#discriminator.update(this.#real(), this.#generate(), regularisers, part);
  }

  /**
   * Updates the generator once against the current discriminator.
   *
   * @param regularisers those whose penalties are due
   */
  updateGenerator(regularisers: readonly BoundGeneratorRegulariser[], part: BatchPart): void {
    const step = this.#step;
    const settings = this.#settings;
    const player = this.#players.generator;
    const statistics = new Statistics(step, player);
    const gradients = gradientsOf(step, player.trained, (parameters) => {
      const output = this.#generate(parameters, statistics.update);
      const taps = new ActivationTaps();
      const base = this.#discriminator.generatorLoss(output, () => this.#real(), taps);
      step.output(OUTPUTS.generatorLoss, base);
      let total = settings.adversarialWeight === 1 ? base : tf.mul(base, settings.adversarialWeight);
      if (settings.auxiliary !== undefined) {
        const auxiliary = settings.auxiliary.generator({ fake: taps.get, fakeLabels: this.#labels('fake') });
        step.output(OUTPUTS.extra('generatorClassLoss'), auxiliary);
        total = tf.add(total, auxiliary);
      }
      for (const { name, value } of this.#generatorLosses(output)) {
        step.output(OUTPUTS.extra(recordName(name, 'Loss')), value);
        total = tf.add(total, value);
      }
      for (const regulariser of regularisers) {
        const value = this.#generatorPenalty(regulariser, parameters);
        step.output(OUTPUTS.extra(recordName(regulariser.name, 'Penalty')), value);
        total = tf.add(total, tf.mul(value, regulariser.every));
      }
      return total;
    });
    statistics.write();
    const { isUpdated, squares } = updatePlayer(step, player, gradients, { rules: settings, part });
    step.output(OUTPUTS.generatorGradientSquares, squares);
    if (isUpdated && settings.averaging !== undefined) updateAverage(step, player);
  }

  #generatorPenalty({ name, penalty }: BoundGeneratorRegulariser, parameters: Tensors): tf.Tensor {
    const step = this.#step;
    const { generator } = this.#players;
    const { source, batchSize, classes } = this.#settings;
    if (source.kind === 'image') throw new RangeError(`${name} needs a generator that starts from latents`);
    const random = prefixed(step.random, name);
    const leaves = { ...presentLeaves(step, generator), ...parameters };
    return penalty({
      random,
      batchSize,
      generate: (count, styles) =>
        applyNetwork(generator.network, generator.root, drawLatents(random, count, source), leaves, 'train', {
          labels: classes === 0 ? undefined : tf.slice(this.#labels('fake'), [0, 0], [count, -1]),
          random,
          replaceTap: (tap, value) => (tap === STYLES ? styles(value) : value),
        }),
      weight: (option) => scheduledScalar(step, recordName(name, 'Weight'), option),
      kept: (key) => step.leaf(keptLeaf(generator, name, key)),
      keep: (key, value) => step.write(keptLeaf(generator, name, key), value),
    });
  }

  /** Losses that compare the output with its target. */
  #generatorLosses(output: tf.Tensor): { readonly name: string; readonly value: tf.Tensor }[] {
    const { generatorLosses } = this.#settings;
    if (generatorLosses.length === 0) return [];
    const target = this.#real();
    // Images are compared without views and augmentation, which the generator has no part in.
    const features = (examples: tf.Tensor, tag: string): ((tap: string) => tf.Tensor) => {
      let taps: ActivationTaps | undefined;
      return (tap) => {
        taps ??= this.#discriminator.features(examples, tag);
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

  /** G(z) or G(input image), with the current generator unless other parameters are given. */
  #generate(parameters?: Tensors, onStatistic?: (name: string, value: tf.Tensor) => void): tf.Tensor {
    const { generator } = this.#players;
    const leaves = { ...presentLeaves(this.#step, generator), ...parameters };
    return applyNetwork(generator.network, generator.root, this.#source(), leaves, 'train', {
      labels: this.#settings.classes === 0 ? undefined : this.#labels('fake'),
      ...(onStatistic === undefined ? {} : { onStatistic }),
      random: this.#step.random,
    });
  }

  #real(): tf.Tensor {
    return this.#step.input(INPUTS.real, this.#spec(this.#settings.example));
  }

  /** `[batch, latentSize]` or `[batch, ...input]` */
  #source(): tf.Tensor {
    const { source, batchSize } = this.#settings;
    return source.kind === 'image'
      ? this.#step.input(INPUTS.given, this.#spec(source.shape))
      : drawLatents(this.#step.random, batchSize, source);
  }

  /** An image translated from an input image has its class; a penalty may require the same of all examples. */
  #labels(who: ExampleOrigin): tf.Tensor {
    const { batchSize, classes, source, regularisers } = this.#settings;
    const isDrawn =
      who === 'fake' && source.kind === 'latents' && !regularisers.some(({ joinsExamples }) => joinsExamples);
    return this.#step.input(isDrawn ? INPUTS.fakeLabels : INPUTS.realLabels, {
      shape: [batchSize, classes],
      dtype: 'float32',
    });
  }

  #spec(shape: ExampleShape): TensorSpec {
    return { shape: [this.#settings.batchSize, ...exampleExtents(shape)], dtype: 'float32' };
  }
}
