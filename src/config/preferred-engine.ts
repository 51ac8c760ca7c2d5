/** The engine that a person prefers in the editor, for experiments that leave the choice open. */
import { engineNameOf } from '../engine/registry';
import type { ExperimentConfig } from './schema';

/** @param preferred anything that is not the name of an engine changes nothing */
export function withPreferredEngine(
  config: ExperimentConfig,
  preferred: string | undefined,
): ExperimentConfig {
  const name = preferred === undefined ? undefined : engineNameOf(preferred);
  return name === undefined || config.engine.name !== 'auto'
    ? config
    : { ...config, engine: { ...config.engine, name } };
}
