/** Parts of scoring that depend on the config: the engine for feature networks and, for toy data, the true mixture. */
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import type { PointMixture } from '../data/points/distribution';
import { pointDistributions } from '../data/points/distributions/registry';
import { dataSources } from '../data/registry';
import { openEngine } from '../engine/open-engine';
import { engineNameOf } from '../engine/registry';
import type { EvaluatorContext } from '../evaluation/evaluator';

/** @param opened name of the engine that is open for the run, which works on this machine */
export function scoringParts(
  config: ExperimentConfig,
  opened?: string,
): Pick<EvaluatorContext, 'engine' | 'mixture'> {
  const { threads } = config.engine;
  const name = (opened === undefined ? undefined : engineNameOf(opened)) ?? config.engine.name;
  const mixture = mixtureOf(config);
  return {
    engine: { open: () => openEngine(name, threads), threads: threads === 'auto' ? 0 : threads },
    ...(mixture === undefined ? {} : { mixture }),
  };
}

/** Returns the modes of toy data, where its source is a mixture with known modes. */
function mixtureOf({ data }: ExperimentConfig): PointMixture | undefined {
  const { part, options } = bindPart(dataSources, data, 'source');
  const { distribution } = options;
  if (part.name !== 'points2d') return undefined;
  return pointDistributions.find(({ name }) => name === distribution)?.mixture;
}
