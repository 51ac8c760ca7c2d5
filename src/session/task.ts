/** Selects the family of GANs that an experiment belongs to, and with it the task that trains it. */
import type { ExperimentConfig } from '../config/schema';
import { CycleTask } from '../gan/cycle-task';
import { GanTask } from '../gan/gan-task';
import type { UserModules } from '../gan/networks/network';
import type { DataShape } from '../shared/example-shape';
import { cycleSettings } from './cycle-settings';
import { ganSettings } from './settings';

/**
 * @param data shape of the opened data
 * @param modules user modules that the config names, if any
 */
export function gameTask(
  config: ExperimentConfig,
  data: DataShape,
  modules?: UserModules,
): GanTask | CycleTask {
  if (data.input?.paired === false) return new CycleTask(cycleSettings(config, data, modules));
  return new GanTask(ganSettings(config, data, modules));
}
