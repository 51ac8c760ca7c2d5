/** From a resolved config to what the task and the loop are given: names become functions here and nowhere else. */
import * as tf from '@tensorflow/tfjs-core';
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import type { ExampleShape } from '../data/source';
import { networks } from '../gan/networks/registry';
import { objectives } from '../gan/objectives/registry';
import { regularisers } from '../gan/regularisers/registry';
import type { GanSettings } from '../gan/settings';
import type { LoopSettings } from '../training/job';

export function ganSettings(config: ExperimentConfig, example: ExampleShape): GanSettings {
  const context = { example, latentSize: config.latent.size };
  const network = (role: 'generator' | 'discriminator') => {
    const ofRole = networks.filter((candidate) => candidate.role === role);
    const { part, options } = bindPart(ofRole, config[role], 'network');
    return part.build(options, context);
  };
  const objective = bindPart(objectives, config.objective, 'name');
  const { name: _, generatorLearningRate, discriminatorLearningRate, ...adam } = config.optimiser;
  return {
    example,
    batchSize: config.data.batchSize,
    latent: config.latent,
    generator: network('generator'),
    discriminator: network('discriminator'),
    objective: {
      discriminatorLoss: (logits) => objective.part.discriminatorLoss(logits, objective.options),
      generatorLoss: (logits) => objective.part.generatorLoss(logits, objective.options),
    },
    regularisers: config.regularisers.map((entry) => {
      const { part, options } = bindPart(regularisers, entry, 'name');
      return {
        name: part.name,
        every: entry.every,
        penalty: (inputs) => part.penalty?.(inputs, options) ?? tf.scalar(0),
      };
    }),
    adam,
    learningRate: { generator: generatorLearningRate, discriminator: discriminatorLearningRate },
    emaDecay: config.ema === false ? undefined : config.ema.decay,
    criticSteps: config.criticSteps,
  };
}

export function loopSettings(config: ExperimentConfig): LoopSettings {
  return { seed: config.seed, totalSteps: config.length.steps, ...config.logging };
}
