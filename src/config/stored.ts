/** Stored configs of runs: parsed, compared, and changed where resuming allows it. */
import { isDeepStrictEqual } from 'node:util';
import { WorkbenchError } from '../shared/errors';
import { localizable, verbatim } from '../shared/localizable-text';
import { ConfigError } from './config-error';
import { describeValue, problemsOf, type ValueProblem } from './issues';
import { isRecord, valueAt } from './json-path';
import { applyOverride, type Override, parseOverride } from './overrides';
import { notAnOverride, placed } from './places';
import { completed, unsuitableIn } from './resolve';
import { CONFIG_SCHEMA_VERSION, type ExperimentConfig, experimentConfig } from './schema';

/** Sections that do not change the course of training, only its length, how it is monitored and what executes it. */
const MAY_CHANGE = ['length', 'logging', 'evaluation', 'engine'] as const;

/** Resuming with settings that differ from the run's; exit status 2. */
export class ResumeConfigError extends WorkbenchError {
  readonly keys: readonly string[];

  constructor(keys: readonly string[], stored: ExperimentConfig, next: ExperimentConfig) {
    const lines = keys.map((key) => {
      const path = key.split('.');
      const [had, would] = [describeValue(valueAt(stored, path)), describeValue(valueAt(next, path))];
      return verbatim('\n  ', localizable('{0}: {1} in the run, {2} now', key, had, would));
    });
    const message = localizable('The run was made with other settings:{0}', verbatim(...lines));
    const remedy = localizable(
      'Only {0} can change on resume. Restore these settings or start a new run.',
      MAY_CHANGE.map((key) => JSON.stringify(key)).join(', '),
    );
    super(message, remedy, { exitCode: 2 });
    this.keys = keys;
  }
}

/**
 * Parses a config stored by this or an older version; keys missing in older versions take their defaults.
 *
 * @param file its name in messages
 * @throws `WorkbenchError` if it was written by a newer version, `ConfigError` if it is damaged
 */
export function parseStoredConfig(value: unknown, file: string): ExperimentConfig {
  if (
    isRecord(value) &&
    typeof value.schemaVersion === 'number' &&
    value.schemaVersion > CONFIG_SCHEMA_VERSION
  )
    throw new WorkbenchError(
      localizable(
        '{0} has schema version {1}; this version of GAN Workbench supports up to {2}.',
        file,
        value.schemaVersion,
        CONFIG_SCHEMA_VERSION,
      ),
      localizable('Update GAN Workbench.'),
    );
  const problems = problemsOf(experimentConfig, value);
  if (problems.length > 0) throw refusal(problems, file, []);
  return experimentConfig.parse(value);
}

/**
 * Applies `key=value` changes to a run's config. Whatever it contains that older versions accepted stays allowed;
 * throws `ConfigError` if the changes are invalid.
 */
export function changeStoredConfig(config: ExperimentConfig, overrides: readonly string[]): ExperimentConfig {
  const parsed = overrides.map((text) => parseOverride(text) ?? notAnOverride(text));
  const wrong = parsed.filter((override) => 'message' in override);
  if (wrong.length > 0) throw new ConfigError('--set', wrong);
  const applied = parsed.filter((override) => 'value' in override);
  const changed = applied.reduce<unknown>(applyOverride, config);
  const result = completed(isRecord(changed) ? changed : {}, unsuitableIn(config));
  if ('problems' in result) throw refusal(result.problems, '--set', applied);
  return result.config;
}

/** Returns the run's config with another length; a run that was extended keeps its original length in the file. */
export function withSteps(config: ExperimentConfig, steps: number): ExperimentConfig {
  return 'steps' in config.length && config.length.steps === steps
    ? config
    : changeStoredConfig(config, [`length.steps=${steps}`]);
}

function refusal(
  problems: readonly ValueProblem[],
  file: string,
  overrides: readonly Override[],
): ConfigError {
  return new ConfigError(
    file,
    problems.map((problem) => placed(problem, file, undefined, overrides)),
  );
}

/** Returns the dotted keys whose values differ, in the order of `a`; lists are compared as a whole. */
export function differingKeys(a: unknown, b: unknown, prefix = ''): string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isRecord(a) || !isRecord(b)) return [prefix];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differingKeys(a[key], b[key], prefix === '' ? key : `${prefix}.${key}`),
  );
}

/** Returns whether a different value at this dotted key changes the course of training. */
export function changesTraining(key: string): boolean {
  const allowed: readonly string[] = MAY_CHANGE;
  return !allowed.includes(key.split('.')[0] ?? '');
}

/** Throws `ResumeConfigError` if the run would not continue as it began. */
export function assertResumable(stored: ExperimentConfig, next: ExperimentConfig): void {
  const keys = differingKeys(stored, next).filter(changesTraining);
  if (keys.length > 0) throw new ResumeConfigError(keys, stored, next);
}
