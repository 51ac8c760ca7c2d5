/** Changes of a run's config while it trains: which are possible, and what they make of its task. */
import { ConfigError } from '../config/config-error';
import { configDifferences } from '../config/difference';
import type { ExperimentConfig } from '../config/schema';
import { changeStoredConfig, parseStoredConfig } from '../config/stored';
import { MODULE_NETWORK } from '../config/tagged';
import { shapeOf } from '../data/data-shape';
import type { Dataset } from '../data/source';
import type { Engine } from '../engine/engine';
import { GanTask } from '../gan/gan-task';
import { changedBy } from '../run-folder/interventions';
import type { ResumePoint } from '../run-folder/resume-run';
import type { ConfigChanges } from '../shared/live-request';
import { localizable, verbatim } from '../shared/localizable-text';
import { type ConfigDifference, type Intervention, NETWORK_ROLES, RUN_FILES } from '../shared/run-format';
import type { ConfigChanger, PlannedChange } from '../training/interventions';
import { LiveRequestError } from '../training/live-requests';
import type { UserNetworks } from '../user-networks/user-networks';
import { newDiagnostics } from './diagnostics';
import { checkMemory } from './memory-check';
import { ganSettings } from './settings';

/** Sections whose values can change from one step to the next. The data and its latents stay what they are. */
const CHANGEABLE: readonly string[] = [
  'optimiser',
  'objective',
  'criticSteps',
  'generator',
  'discriminator',
  'regularisers',
  'generatorRegularisers',
  'gradientClipping',
];

/** Inputs of the programs, which need not be compiled again. */
const LEARNING_RATES: readonly string[] = [
  'optimiser.generatorLearningRate',
  'optimiser.discriminatorLearningRate',
];

/** The config in force at a checkpoint, of a run that was created or resumed with this one. */
export function configAfter(
  config: ExperimentConfig,
  interventions: readonly Intervention[],
  applied: number,
): ExperimentConfig {
  const done = interventions.slice(0, applied);
  return done.some(({ type }) => type === 'change')
    ? parseStoredConfig(changedBy(config, done), RUN_FILES.interventions)
    : config;
}

export function configAt(config: ExperimentConfig, point: ResumePoint | undefined): ExperimentConfig {
  const { interventions, checkpoint } = point ?? {};
  return configAfter(config, interventions?.all ?? [], checkpoint?.state.interventions?.applied ?? 0);
}

export interface ChangedRun {
  /** In force at present. */
  readonly config: ExperimentConfig;
  readonly task: GanTask;
  readonly engine: Engine;
  readonly data: Dataset;
  readonly modules: UserNetworks;
}

export class LiveChanges implements ConfigChanger {
  readonly #run: ChangedRun;
  #config: ExperimentConfig;

  constructor(run: ChangedRun) {
    this.#run = run;
    this.#config = run.config;
  }

  /** Throws `LiveRequestError`, `ConfigError`, `MemoryError`, and what building the networks throws. */
  plan(changes: ConfigChanges): PlannedChange {
    const fixed = Object.keys(changes).find((key) => !CHANGEABLE.includes(key.split('.')[0] ?? ''));
    if (fixed !== undefined) throw fixedError(fixed);
    const next = changed(this.#config, changes);
    for (const role of NETWORK_ROLES)
      if (next[role].network === MODULE_NETWORK || this.#config[role].network === MODULE_NETWORK)
        if (configDifferences(this.#config, next).some(({ key }) => key.startsWith(`${role}.`)))
          throw fixedError(role);
    const planned = this.#planned(next);
    if (planned.differences.length === 0)
      throw new LiveRequestError(
        localizable('The run has these values already.'),
        localizable('Choose other values.'),
      );
    if (planned.rebuilds) this.#check(next);
    return planned;
  }

  planAgain(differences: readonly ConfigDifference[]): PlannedChange {
    const change = { schemaVersion: 1, step: 0, at: '', type: 'change', changes: differences } as const;
    return this.#planned(configAfter(this.#config, [change], 1));
  }

  /** Whether the changed networks can be built, and trained in the memory that there is. */
  #check(config: ExperimentConfig): void {
    const { data, modules, engine } = this.#run;
    const task = new GanTask(ganSettings(config, shapeOf(data), modules));
    task.check();
    checkMemory(task, engine);
  }

  #planned(next: ExperimentConfig): PlannedChange {
    const { task, data, modules } = this.#run;
    const [before, settingsBefore] = [this.#config, task.settings];
    const settings = ganSettings(next, shapeOf(data), modules);
    const differences = configDifferences(before, next);
    const keepsPrograms = differences.every(({ key }) => LEARNING_RATES.includes(key));
    return {
      differences,
      rebuilds: !keepsPrograms,
      apply: () => {
        task.change(settings, keepsPrograms);
        this.#config = next;
      },
      revert: () => {
        task.change(settingsBefore, keepsPrograms);
        this.#config = before;
      },
      carryOver: (leaves, seed) => task.carryOver(leaves, seed),
      openWatch: () => newDiagnostics(next, data),
    };
  }
}

function changed(config: ExperimentConfig, changes: ConfigChanges): ExperimentConfig {
  const overrides = Object.entries(changes).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  try {
    return changeStoredConfig(config, overrides);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The message of a config error is about a file or a command line.
    const problems = error.problems.flatMap(({ path, message }) =>
      path === undefined ? [' ', message] : [' ', path, ': ', message],
    );
    throw new LiveRequestError(
      localizable('The run cannot be changed to this:{0}', verbatim(...problems)),
      localizable('It goes on as before. Choose other values.'),
      { cause: error },
    );
  }
}

function fixedError(key: string): LiveRequestError {
  return new LiveRequestError(
    localizable('{0} cannot change while a run trains.', key),
    localizable('What can: {0}.', CHANGEABLE.join(', ')),
  );
}
