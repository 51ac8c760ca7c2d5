/** Which family of GANs an experiment belongs to, and so which task trains it. */
import type { ExperimentConfig } from '../config/schema';
import { CycleTask } from '../gan/cycle-task';
import { GanTask } from '../gan/gan-task';
import type { UserModules } from '../gan/networks/network';
import type { DataShape } from '../shared/example-shape';
import { cycleSettings } from './cycle-settings';
import { ganSettings } from './settings';

/**
 * @param data what the opened data look like
 * @param modules what the config names of a person's own, if anything
 */
export function gameTask(
  config: ExperimentConfig,
  data: DataShape,
  modules?: UserModules,
): GanTask | CycleTask {
  if (data.input?.paired === false) return new CycleTask(cycleSettings(config, data, modules));
  return new GanTask(ganSettings(config, data, modules));
}
