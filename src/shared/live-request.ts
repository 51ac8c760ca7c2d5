/**
 * What can be asked of a run while it trains, besides control requests: how fast it goes, single steps, updates of one
 * network alone, and changes of its configuration. Only the window that trains the run can ask, and gets an answer.
 */
import { localizable } from './localizable-text';
import type { ConfigValue, NetworkRole } from './run-format';

/** Steps per second in slow motion; null trains as fast as the machine can. Changes nothing about what is learnt. */
export type Pace = number | null;

/** No screen shows more steps per second than this. */
export const MAX_PACE = 1000;

/** Values by dotted config key, such as `optimiser.generatorLearningRate`. */
export type ConfigChanges = Readonly<Record<string, ConfigValue>>;

export type LiveRequest =
  | { readonly type: 'setPace'; readonly stepsPerSecond: Pace }
  /** One training step of a paused run, which stays paused. */
  | { readonly type: 'stepOnce' }
  /** One update of one network of a paused run, at the same step. */
  | { readonly type: 'stepPlayer'; readonly player: NetworkRole }
  /** Takes effect before the next step. */
  | { readonly type: 'applyChange'; readonly changes: ConfigChanges };

export const NOT_TRAINED_HERE = {
  message: localizable('This run is not being trained in this window.'),
  remedy: localizable('Resume it, or use the window or the terminal that trains it.'),
};
