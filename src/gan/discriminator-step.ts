/**
 * One discriminator within a training step: its input, its passes and its update. Every GAN family has at least one.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine/engine';
import { applyNetwork } from '../nn/parameters';
import type { TensorSpec } from '../shared/host-tensor';
import { isAdaptive } from './augmentations/adaptive';
import { keptLeaf } from './kept-values';
import { packed, packSizeOf } from './packs';
import type { RegulariserContext } from './regularisers/regulariser';
import type { BoundRegulariser, DiscriminatorRules } from './settings';
import type { BatchPart } from './step/gradients';
import { gradientsOf, updatePlayer } from './step/gradients';
import { INPUTS, OUTPUTS, recordName, SCHEDULED } from './step/names';
import { ActivationTaps, frozenLeaves, prefixed, presentLeaves, Statistics } from './step/observed';
import type { Player } from './step/player';
import type { StepContext } from './step/recorded-program';
import { scheduledScalar } from './step/scheduled-scalar';
import { lossOfBest } from './top-k';

const SCALAR: TensorSpec = { shape: [], dtype: 'float32' };

export type ExampleOrigin = 'real' | 'fake';

/** Input of a discriminator: examples after views and augmentation, with the input images as extra channels, in packs. */
export interface Shown {
  readonly examples: tf.Tensor;
  readonly labels: tf.Tensor | undefined;
}

/** Context of a discriminator besides its examples, and where it keeps its state. */
export interface UpdateContext {
  /** One-hot classes `[batch, classes]` of real and generated examples, where both networks are conditioned on them. */
  labels?(origin: ExampleOrigin): tf.Tensor;
  /** The input image `[batch, height, width, channels]`, where it is seen alongside the image to judge. */
  given?(): tf.Tensor;
  /** Leaf that holds the probability of adaptive augmentation. */
  readonly probabilityLeaf: string;
}

interface Observers {
  readonly onStatistic?: (name: string, value: tf.Tensor) => void;
  readonly onTap?: (name: string, value: tf.Tensor) => void;
}

export class DiscriminatorStep {
  readonly #rules: DiscriminatorRules;
  readonly #player: Player;
  readonly #step: StepContext;
  readonly #surroundings: UpdateContext;

  constructor(rules: DiscriminatorRules, player: Player, step: StepContext, surroundings: UpdateContext) {
    this.#rules = rules;
    this.#player = player;
    this.#step = step;
    this.#surroundings = surroundings;
  }

  /**
   * Updates the discriminator once on a real and a generated batch, both `[batch, ...example]`.
   *
   * @param regularisers those whose penalties are due
   */
  update(real: tf.Tensor, fake: tf.Tensor, regularisers: readonly BoundRegulariser[], part: BatchPart): void {
    const step = this.#step;
    const rules = this.#rules;
    const shown = { real: this.show(real, 'real'), fake: this.show(fake, 'fake') };
    const statistics = new Statistics(step, this.#player);
    const frozen = frozenLeaves(step, this.#player);
    const gradients = gradientsOf(step, this.#player.trained, (parameters) => {
      const taps = { real: new ActivationTaps(), fake: new ActivationTaps() };
      const score = (who: ExampleOrigin): tf.Tensor =>
        this.judge(shown[who], { ...frozen, ...parameters, ...statistics.present }, who, {
          onStatistic: statistics.update,
          onTap: taps[who].add,
        });
      const logits = { real: score('real'), fake: score('fake') };
      // A penalty may evaluate the examples again; only the passes over the batch itself update running statistics.
      const held = { ...frozen, ...parameters, ...statistics.present };
      step.output(OUTPUTS.realScore, tf.mean(tf.sigmoid(logits.real)));
      step.output(OUTPUTS.fakeScore, tf.mean(tf.sigmoid(logits.fake)));
      this.#adaptAugmentation(logits.real, part);
      const base = rules.objective.discriminatorLoss(logits, prefixed(step.random, 'objective'));
      step.output(OUTPUTS.discriminatorLoss, base);
      let total = base;
      const { labels } = this.#surroundings;
      if (rules.auxiliary !== undefined && labels !== undefined) {
        const auxiliary = rules.auxiliary.discriminator({
          real: taps.real.get,
          fake: taps.fake.get,
          realLabels: labels('real'),
          fakeLabels: labels('fake'),
        });
        step.output(OUTPUTS.extra('discriminatorClassLoss'), auxiliary);
        total = tf.add(total, auxiliary);
      }
      for (const { name, every, penalty } of regularisers) {
        if (penalty === undefined) continue;
        let calls = 0;
        const value = penalty({
          discriminator: (examples, labelsOf = 'real') =>
            this.judge({ ...shown[labelsOf], examples }, held, `${name}${calls++}`),
          real: shown.real.examples,
          fake: shown.fake.examples,
          logits,
          tap: (tap, of) => taps[of].get(tap),
          kept: (key) => step.leaf(keptLeaf(this.#player, name, key)),
          keep: (key, value) => step.write(keptLeaf(this.#player, name, key), value),
          weight: (option) => scheduledScalar(this.#step, recordName(name, 'Weight'), option),
          ...this.#context(name),
        });
        step.output(OUTPUTS.extra(recordName(name, 'Penalty')), value);
        total = tf.add(total, tf.mul(value, every));
      }
      return total;
    });
    statistics.write();
    step.output(
      OUTPUTS.discriminatorGradientSquares,
      updatePlayer(step, this.#player, gradients, {
        rules,
        part,
        constrain: (parameter) =>
          rules.regularisers.reduce((value, { constrain }) => constrain?.(value) ?? value, parameter),
      }).squares,
    );
  }

  /**
   * Returns the objective's generator loss under the current parameters, held constant.
   *
   * @param real called only where the objective uses real examples
   * @param taps receives the activations on the generated examples
   */
  generatorLoss(fake: tf.Tensor, real: () => tf.Tensor, taps: ActivationTaps): tf.Tensor {
    const present = presentLeaves(this.#step, this.#player);
    const fakeLogits = this.judge(this.show(fake, 'fake'), present, 'judged', { onTap: taps.add });
    const { objective, topK } = this.#rules;
    if (objective.generatorUsesReal) {
      const realLogits = this.judge(this.show(real(), 'real'), present, 'judgedReal');
      return objective.generatorLoss({ real: realLogits, fake: fakeLogits });
    }
    const loss = (logits: tf.Tensor): tf.Tensor => objective.generatorLoss({ real: logits, fake: logits });
    return topK === 1
      ? loss(fakeLogits)
      : lossOfBest(loss, fakeLogits, scheduledScalar(this.#step, SCHEDULED.topK, topK));
  }

  /** Returns activations on the examples without views and augmentation, under the current parameters. */
  features(examples: tf.Tensor, tag: string): ActivationTaps {
    const taps = new ActivationTaps();
    const shown = {
      examples: sideBySide(this.#beside(examples)),
      labels: this.#surroundings.labels?.('real'),
    };
    this.judge(shown, presentLeaves(this.#step, this.#player), tag, { onTap: taps.add });
    return taps;
  }

  /**
   * Returns the logits.
   *
   * @param tag keeps the random draws of this pass separate from those of other passes
   */
  judge({ examples, labels }: Shown, leaves: Tensors, tag: string, observers: Observers = {}): tf.Tensor {
    return applyNetwork(this.#player.network, this.#player.root, examples, leaves, 'train', {
      labels,
      ...observers,
      random: prefixed(this.#step.random, tag),
    });
  }

  show(examples: tf.Tensor, who: ExampleOrigin): Shown {
    let seen = examples;
    for (const { name, view } of this.#rules.regularisers)
      if (view !== undefined) seen = view(seen, this.#context(`${name}.${who}`));
    return {
      examples: packed(
        sideBySide(this.#augment(this.#beside(seen), who)),
        packSizeOf(this.#rules.regularisers),
      ),
      labels: this.#surroundings.labels?.(who),
    };
  }

  /** The examples, and the input images where the discriminator sees them. */
  #beside(examples: tf.Tensor): readonly tf.Tensor[] {
    const { given } = this.#surroundings;
    return given === undefined ? [examples] : [examples, given()];
  }

  /**
   * Transforms the images of a pair separately, since a transform may depend on the colours or the mean of an image,
   * but with the same draws, so that they stay aligned.
   */
  #augment(images: readonly tf.Tensor[], who: ExampleOrigin): readonly tf.Tensor[] {
    const { augmentation } = this.#rules;
    if (augmentation === undefined) return images;
    const perImage = [images[0]?.shape[0] ?? 1, 1, 1, 1];
    const probability = isAdaptive(augmentation.probability)
      ? this.#probability
      : scheduledScalar(this.#step, SCHEDULED.augmentProbability, augmentation.probability);
    return augmentation.transforms.reduce((result, { name, apply }) => {
      const random = prefixed(this.#step.random, `augment.${name}.${who}`);
      const gate =
        probability === 1
          ? tf.ones(perImage)
          : tf.step(tf.sub(probability, random('gate', perImage, 'uniform')));
      return result.map((image) => apply(image, { random, gate }));
    }, images);
  }

  /** Probability after the discriminator's last, possibly partial, update; the generator's update uses it too. */
  get #probability(): tf.Tensor {
    return this.#step.leaf(this.#surroundings.probabilityLeaf);
  }

  #adaptAugmentation(real: tf.Tensor, part: BatchPart): void {
    const { probability } = this.#rules.augmentation ?? {};
    if (probability === undefined || !isAdaptive(probability)) return;
    const target = scheduledScalar(this.#step, SCHEDULED.augmentTarget, probability.target);
    const next = probability.adapt(this.#probability, real, target);
    if (part === 'whole' || part === 'last') this.#step.output(OUTPUTS.extra('augmentProbability'), next);
    this.#step.write(this.#surroundings.probabilityLeaf, next);
  }

  #context(name: string): RegulariserContext {
    return {
      random: prefixed(this.#step.random, name),
      progress: () => this.#step.input(INPUTS.progress, SCALAR),
    };
  }
}

/** Concatenates all as channels; a single image stays `[batch, ...example]`. */
function sideBySide(images: readonly tf.Tensor[]): tf.Tensor {
  return tf.concat([...images], (images[0]?.rank ?? 0) - 1);
}
