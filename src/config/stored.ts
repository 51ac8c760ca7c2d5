/** Configs that runs keep: read back, compared, and changed where resuming allows it. */
import { isDeepStrictEqual } from 'node:util';
import { WorkbenchError } from '../shared/errors';
import { ConfigError } from './config-error';
import { problemsOf } from './issues';
import { isRecord, pathText } from './json-path';
import { applyOverride, parseOverride } from './overrides';
import { checked } from './resolve';
import type { ExperimentConfig } from './schema';
import { CONFIG_SCHEMA_VERSION, experimentConfig } from './schema';

/** A resume under other settings than the run was made with; exit status 2. */
export class ResumeConfigError extends WorkbenchError {
  readonly keys: readonly string[];

  constructor(keys: readonly string[]) {
    super(
      `The run was made with other values of: ${keys.join(', ')}.`,
      `Resuming may change only ${MAY_CHANGE.map((key) => `"${key}"`).join(', ')}. Start a new run for anything else.`,
      { exitCode: 2 },
    );
    this.keys = keys;
  }
}

/** What leaves the course of training as it was, but for how long, how it is watched and what executes it. */
const MAY_CHANGE = ['length', 'logging', 'engine'] as const;

/** @param file what messages call it */
export function parseStoredConfig(value: unknown, file: string): ExperimentConfig {
  if (
    isRecord(value) &&
    typeof value.schemaVersion === 'number' &&
    value.schemaVersion > CONFIG_SCHEMA_VERSION
  )
    throw new WorkbenchError(
      `${file} has schema version ${value.schemaVersion}, and this GAN Workbench knows versions up to ${CONFIG_SCHEMA_VERSION}.`,
      'Use the newer version that wrote it.',
    );
  refuse(value, file);
  return checked(value);
}

/** The run's config with `key=value` changes; throws `ConfigError` where they do not fit. */
export function changeStoredConfig(config: ExperimentConfig, overrides: readonly string[]): ExperimentConfig {
  const parsed = overrides.map((text) => {
    const override = parseOverride(text);
    if (override === undefined)
      throw new ConfigError(`--set ${text}`, [
        {
          file: `--set ${text}`,
          path: '',
          found: JSON.stringify(text),
          allowed: 'key=value, e.g. length.steps=4000',
        },
      ]);
    return override;
  });
  const value = parsed.reduce<unknown>(applyOverride, config);
  refuse(value, '--set');
  return checked(value);
}

function refuse(value: unknown, file: string): void {
  const problems = problemsOf(experimentConfig, value);
  if (problems.length > 0)
    throw new ConfigError(
      file,
      problems.map(({ path, ...problem }) => ({ ...problem, file, path: pathText(path) })),
    );
}

/** Dotted keys whose values differ, in the order of `a`. */
export function differingKeys(a: unknown, b: unknown, prefix = ''): string[] {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isRecord(a) || !isRecord(b)) return [prefix];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differingKeys(a[key], b[key], prefix === '' ? key : `${prefix}.${key}`),
  );
}

/** Throws `ResumeConfigError` where the run would not go on as it began. */
export function assertResumable(stored: ExperimentConfig, next: ExperimentConfig): void {
  const allowed: readonly string[] = MAY_CHANGE;
  const keys = differingKeys(stored, next).filter((key) => !allowed.includes(key.split('.')[0] ?? ''));
  if (keys.length > 0) throw new ResumeConfigError(keys);
}
