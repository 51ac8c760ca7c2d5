/** Extracts from an experiment the facts that rules depend on. */
import { bindPart } from '../config/bind';
import type { ExperimentConfig } from '../config/schema';
import { objectives } from '../gan/objectives/registry';
import type { RuleContext } from './rule';

export function ruleContext(config: ExperimentConfig, diversityOf: RuleContext['diversityOf']): RuleContext {
  const { part, options } = bindPart(objectives, config.objective, 'name');
  return {
    config,
    lossRange: part.discriminatorLossRange?.(options),
    scoresAreProbabilities: part.scoresAreProbabilities === true,
    diversityOf,
  };
}
