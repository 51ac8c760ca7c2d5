/**
 * The four players of a CycleGAN and their updates (Zhu et al. 2017, section 3): G translates the input images into
 * examples, F translates back, and each has a discriminator that judges its output. Discriminators are updated first in
 * a step, as in every game here; the paper's own code starts with the generators.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../engine/engine';
import { applyNetwork } from '../nn/parameters';
import type { ImageShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { CycleSettings, Direction } from './cycle-settings';
import { DIRECTIONS } from './cycle-settings';
import { DiscriminatorStep } from './discriminator-step';
import { DISCRIMINATOR, GENERATOR } from './game';
import { type PoolNames, throughPool } from './image-pool';
import type { BoundRegulariser } from './settings';
import { expectLogits, expectOutput } from './step/expect-output';
import type { BatchPart } from './step/gradients';
import { gradientsOf, updatePlayer } from './step/gradients';
import { AUGMENT_PROBABILITY, INPUTS, OUTPUTS } from './step/names';
import { ActivationTaps, frozenLeaves, prefixed, presentLeaves, Statistics } from './step/observed';
import type { Player } from './step/player';
import { declarePlayer, updateAverage } from './step/player';
import type { StepContext } from './step/recorded-program';

/** Prefixes of the leaf names; the forward direction uses the same names as other games. */
const ROOTS = {
  forward: { generator: GENERATOR, discriminator: DISCRIMINATOR },
  back: { generator: 'generatorBack', discriminator: 'discriminatorBack' },
} as const;

export const POOLS: Readonly<Record<Direction, PoolNames>> = {
  forward: { leaf: 'pool/forward', decisions: 'pool.forward' },
  back: { leaf: 'pool/back', decisions: 'pool.back' },
};

/** Leaves that hold the probabilities of adaptive augmentation. */
export const PROBABILITIES: Readonly<Record<Direction, string>> = {
  forward: AUGMENT_PROBABILITY,
  back: `${AUGMENT_PROBABILITY}Back`,
};

/** Outputs reported as the mean over both directions; losses and penalties are summed. */
const MEANS: readonly string[] = [OUTPUTS.realScore, OUTPUTS.fakeScore, OUTPUTS.extra('augmentProbability')];

export interface CyclePlayers {
  readonly generators: Readonly<Record<Direction, Player>>;
  readonly discriminators: Readonly<Record<Direction, Player>>;
}

/** Declares the leaves of the four networks; throws if their shapes do not match. */
export function declareCyclePlayers({ batchSize, translations, frozenLayers }: CycleSettings): CyclePlayers {
  const generator = (direction: Direction): Player => {
    const { generator: network, from, to } = translations[direction];
    const player = declarePlayer(
      ROOTS[direction].generator,
      network,
      batchOf(batchSize, from),
      0,
      frozenLayers.generator,
    );
    expectOutput(player, batchOf(batchSize, to));
    return player;
  };
  const discriminator = (direction: Direction): Player => {
    const { discriminator: network, to } = translations[direction];
    const player = declarePlayer(
      ROOTS[direction].discriminator,
      network,
      batchOf(batchSize, to),
      0,
      frozenLayers.discriminator,
    );
    expectLogits(player, batchSize);
    return player;
  };
  return {
    generators: { forward: generator('forward'), back: generator('back') },
    discriminators: { forward: discriminator('forward'), back: discriminator('back') },
  };
}

function batchOf(batchSize: number, shape: ImageShape): number[] {
  return [batchSize, ...exampleExtents(shape)];
}

export function opposite(direction: Direction): Direction {
  return direction === 'forward' ? 'back' : 'forward';
}

/** One training step, as its programs build it. */
export class CycleStep {
  readonly #settings: CycleSettings;
  readonly #players: CyclePlayers;
  readonly #step: StepContext;
  readonly #outputs = new Map<string, tf.Tensor[]>();
  readonly #discriminators: Readonly<Record<Direction, DiscriminatorStep>>;

  constructor(settings: CycleSettings, players: CyclePlayers, step: StepContext) {
    this.#settings = settings;
    this.#players = players;
    this.#step = step;
    const discriminator = (direction: Direction): DiscriminatorStep =>
      new DiscriminatorStep(settings, players.discriminators[direction], this.#partOf(direction), {
        probabilityLeaf: PROBABILITIES[direction],
      });
    this.#discriminators = { forward: discriminator('forward'), back: discriminator('back') };
  }

  /** Updates each discriminator once: real images against images of the current generator and of earlier ones. */
  updateDiscriminators(regularisers: readonly BoundRegulariser[], part: BatchPart): void {
    for (const direction of DIRECTIONS) {
      const made = this.#translate(direction, this.#real(opposite(direction)), 'made');
      const { poolSize } = this.#settings;
      const shown = poolSize === 0 ? made : throughPool(this.#step, POOLS[direction], made, poolSize);
      this.#discriminators[direction].update(this.#real(direction), shown, regularisers, part);
    }
    this.#report();
  }

  /** Updates both generators together, since their losses are coupled, against the current discriminators. */
  updateGenerators(part: BatchPart): void {
    const step = this.#step;
    const { generators } = this.#players;
    const players = DIRECTIONS.map((direction) => generators[direction]);
    const statistics = {
      forward: new Statistics(step, generators.forward),
      back: new Statistics(step, generators.back),
    };
    const trained = players.flatMap((player) => player.trained);
    const gradients = gradientsOf(step, trained, (parameters) =>
      this.#generatorLoss((direction, images, pass) =>
        this.#translate(direction, images, pass, {
          leaves: {
            ...frozenLeaves(step, generators[direction]),
            ...parameters,
            ...statistics[direction].present,
          },
          onStatistic: statistics[direction].update,
        }),
      ),
    );
    for (const direction of DIRECTIONS) {
      statistics[direction].write();
      const player = generators[direction];
      const own = Object.fromEntries(
        Object.entries(gradients).filter(([leaf]) => player.trained.includes(leaf)),
      );
      const { isUpdated, squares } = updatePlayer(step, player, own, { rules: this.#settings, part });
      this.#partOf(direction).output(OUTPUTS.generatorGradientSquares, squares);
      if (isUpdated && this.#settings.averaging !== undefined) updateAverage(step, player);
    }
    this.#report();
  }

  /** Equation 3 of the paper, plus the identity loss of section 5.2. */
  #generatorLoss(translate: (direction: Direction, images: tf.Tensor, pass: string) => tf.Tensor): tf.Tensor {
    const { adversarialWeight, cycleWeight, identityWeight } = this.#settings;
    let total: tf.Tensor = tf.scalar(0);
    const add = (direction: Direction, name: string, value: tf.Tensor): void => {
      this.#partOf(direction).output(OUTPUTS.extra(name), value);
      total = tf.add(total, value);
    };
    for (const direction of DIRECTIONS) {
      const [given, wanted] = [this.#real(opposite(direction)), this.#real(direction)];
      const made = translate(direction, given, 'made');
      const adversarial = this.#discriminators[direction].generatorLoss(
        made,
        () => wanted,
        new ActivationTaps(),
      );
      this.#partOf(direction).output(OUTPUTS.generatorLoss, adversarial);
      total = tf.add(total, tf.mul(adversarial, adversarialWeight));
      const again = translate(opposite(direction), made, 'cycle');
      add(direction, 'cycleLoss', tf.mul(distance(again, given), cycleWeight));
      if (identityWeight > 0)
        add(
          direction,
          'identityLoss',
          tf.mul(distance(translate(direction, wanted, 'identity'), wanted), identityWeight),
        );
    }
    return total;
  }

  /**
   * Translates with the current generator unless other leaves are given.
   *
   * @param pass keeps the random draws of this pass separate from those of other passes
   */
  #translate(
    direction: Direction,
    images: tf.Tensor,
    pass: string,
    watched?: { readonly leaves: Tensors; onStatistic(name: string, value: tf.Tensor): void },
  ): tf.Tensor {
    const player = this.#players.generators[direction];
    const leaves = watched?.leaves ?? presentLeaves(this.#step, player);
    return applyNetwork(player.network, player.root, images, leaves, 'train', {
      ...(watched === undefined ? {} : { onStatistic: watched.onStatistic }),
      random: prefixed(this.#partOf(direction).random, pass),
    });
  }

  /** Real images of the kind that a direction produces. */
  #real(direction: Direction): tf.Tensor {
    const { batchSize, translations } = this.#settings;
    return this.#step.input(direction === 'forward' ? INPUTS.real : INPUTS.given, {
      shape: batchOf(batchSize, translations[direction].to),
      dtype: 'float32',
    });
  }

  /** View of the step for one direction: separate random numbers, and outputs that are combined at the end. */
  #partOf(direction: Direction): StepContext {
    return {
      ...this.#step,
      random: prefixed(this.#step.random, direction),
      output: (name, value) => {
        this.#outputs.set(name, [...(this.#outputs.get(name) ?? []), tf.keep(value)]);
      },
    };
  }

  #report(): void {
    for (const [name, values] of this.#outputs)
      this.#step.output(name, values[0]?.rank === 0 ? combined(name, values) : tf.concat(values));
    this.#outputs.clear();
  }
}

function combined(name: string, values: readonly tf.Tensor[]): tf.Tensor {
  const sum = values.reduce((total, value) => tf.add(total, value));
  return MEANS.includes(name) ? tf.div(sum, values.length) : sum;
}

function distance(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.mean(tf.abs(tf.sub(a, b)));
}
