/** The programs of a GAN: the update of each player, the two in one, sampling and scoring. */
import * as tf from '@tensorflow/tfjs-core';
import { exampleExtents } from '../data/source';
import { applyNetwork } from '../nn/parameters';
import type { TensorSpec } from '../shared/host-tensor';
import type { Players } from './game';
import { DISCRIMINATOR, GameStep, GENERATOR, sourceExtents } from './game';
import type { BoundRegulariser, GanSettings } from './settings';
import type { BatchPart } from './step/gradients';
import type { Player } from './step/player';
import { EMA } from './step/player';
import type { RecordedProgram, StepContext } from './step/recorded-program';
import { recordProgram } from './step/recorded-program';

/** Examples that one call of the sampling program makes. */
export const SAMPLE_BATCH = 64;

type Leaves = Readonly<Record<string, TensorSpec>>;

/** What the programs of one GAN are made from. */
export interface Game {
  readonly settings: GanSettings;
  readonly players: Players;
  /** Every leaf of the state. */
  readonly leaves: Leaves;
}

function gameProgram(
  name: string,
  { settings, players, leaves }: Game,
  body: (game: GameStep) => void,
): RecordedProgram {
  return recordProgram(name, leaves, (step) => body(new GameStep(settings, players, step)));
}

/** One update of the discriminator on a real batch, with samples of the present generator. */
export function discriminatorProgram(
  name: string,
  game: Game,
  regularisers: readonly BoundRegulariser[],
  part: BatchPart,
): RecordedProgram {
  return gameProgram(name, game, (step) => step.updateDiscriminator(regularisers, part));
}

/** One update of the generator against the present discriminator. */
export function generatorProgram(name: string, game: Game, part: BatchPart): RecordedProgram {
  return gameProgram(name, game, (step) => step.updateGenerator(part));
}

/** Both updates in one program, which computes G(z) once; for one discriminator update a step. */
export function stepProgram(
  name: string,
  game: Game,
  regularisers: readonly BoundRegulariser[],
): RecordedProgram {
  return gameProgram(name, game, (step) => {
    step.updateDiscriminator(regularisers, 'whole');
    step.updateGenerator('whole');
  });
}

/** Inputs of the sampling program. */
export const SAMPLE_INPUTS = {
  /** `[SAMPLE_BATCH, latentSize]`, or `[SAMPLE_BATCH, ...input]` where images are given. */
  source: 'source',
  /** One-hot `[SAMPLE_BATCH, classes]` */
  labels: 'labels',
  /** `[SAMPLE_BATCH, ...example]`: what is to be scored. */
  examples: 'examples',
} as const;

/** Examples `[SAMPLE_BATCH, ...example]`, by the averaged generator where there is one. */
export function sampleProgram(name: string, { settings, players, leaves }: Game): RecordedProgram {
  return recordProgram(name, leaves, (step) => {
    const source = step.input(SAMPLE_INPUTS.source, {
      shape: [SAMPLE_BATCH, ...sourceExtents(settings)],
      dtype: 'float32',
    });
    const prefix = settings.averaging === undefined ? '' : EMA;
    const made = applyNetwork(
      settings.generator,
      GENERATOR,
      source,
      leavesOf(step, players.generator, prefix),
      'sample',
      { labels: labelsOf(step, settings) },
    );
    step.output('examples', made);
  });
}

/** `[SAMPLE_BATCH, ...example] -> [SAMPLE_BATCH]`: the probability of being real. Not where images are given. */
export function scoreProgram(name: string, { settings, players, leaves }: Game): RecordedProgram {
  return recordProgram(name, leaves, (step) => {
    const examples = step.input(SAMPLE_INPUTS.examples, {
      shape: [SAMPLE_BATCH, ...exampleExtents(settings.example)],
      dtype: 'float32',
    });
    const logits = applyNetwork(
      settings.discriminator,
      DISCRIMINATOR,
      examples,
      leavesOf(step, players.discriminator, ''),
      'sample',
      { labels: labelsOf(step, settings) },
    );
    const patches = tf.reshape(tf.sigmoid(logits), [SAMPLE_BATCH, -1]);
    step.output('scores', tf.mean(patches, 1));
  });
}

function leavesOf(step: StepContext, player: Player, prefix: string): Record<string, tf.Tensor> {
  return Object.fromEntries(
    [...player.trained, ...player.statistics].map((leaf) => [leaf, step.leaf(prefix + leaf)]),
  );
}

function labelsOf(step: StepContext, { classes }: GanSettings): tf.Tensor | undefined {
  return classes === 0
    ? undefined
    : step.input(SAMPLE_INPUTS.labels, { shape: [SAMPLE_BATCH, classes], dtype: 'float32' });
}
