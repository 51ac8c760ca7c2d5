/** Loads a sweep file and the experiment it varies, and checks that every value it may try is a valid experiment. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { bindPart } from '../config/bind';
import { ConfigError, type ConfigProblem } from '../config/config-error';
import { problemsOf, type ValueProblem } from '../config/issues';
import type { JsonPath } from '../config/json-path';
import { type JsonText, parseJsonText } from '../config/json-text';
import { ExperimentText, parseExperiment } from '../config/load';
import { parseOverride } from '../config/overrides';
import { placed } from '../config/places';
import type { ExperimentConfig } from '../config/schema';
import { describeError } from '../shared/errors';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { ConfigValue } from '../shared/run-format';
import { SWEEP_EXTENSION } from '../shared/sweep-files';
import { flawOf, type Parameter, valueAtCoordinate } from './parameter';
import { searchMethods } from './search/registry';
import type { Trial } from './sweep-format';
import { DEFAULT_TRIALS, type SweepConfig, sweepSchema } from './sweep-schema';

export interface LoadedSweep {
  readonly sweep: SweepConfig;
  /** Number of trials. */
  readonly trials: number;
  /** The file's name without `.gan-sweep.json`. */
  readonly name: string;
  /** Absolute path of the experiment. */
  readonly experimentFile: string;
  /** Its text at the time: later changes of the file do not change the sweep. */
  readonly experimentText: string;
  /** The experiment with the changes of all trials, but with none of the parameters set. */
  readonly experiment: ExperimentConfig;
}

type TrialValues = Trial['values'];

/**
 * The experiment of a trial. Throws `ConfigError` where the values do not go together.
 *
 * @param values later ones take precedence
 */
export function experimentOf(
  text: string,
  file: string,
  ...values: readonly TrialValues[]
): ExperimentConfig {
  return parseExperiment(text, file, overridesOf(values));
}

function overridesOf(values: readonly TrialValues[]): string[] {
  const entries = values.flatMap((some) => Object.entries(some));
  return entries.map(([key, value]) => `${key}=${JSON.stringify(value)}`);
}

/**
 * Throws `ConfigError` with all problems of the sweep file, or else with those of the experiment.
 *
 * @param changes take precedence over the file
 */
export async function loadSweep(
  file: string,
  changes: Partial<Pick<SweepConfig, 'parallel' | 'trials'>> = {},
): Promise<LoadedSweep> {
  return await parseSweep(await read(resolve(file), file), file, changes);
}

/** The same for text that may not be saved yet. */
export async function parseSweep(
  text: string,
  file: string,
  changes: Parameters<typeof loadSweep>[1] = {},
): Promise<LoadedSweep> {
  const absolute = resolve(file);
  const json = parseJsonText(text);
  const problem = (found: ValueProblem): ConfigProblem => placed(found, file, json, []);
  const sweep = { ...parsed(json, file, problem), ...changes };
  const experimentFile = resolve(dirname(absolute), sweep.experiment);
  const experimentText = await read(experimentFile, file, (reason) =>
    problem({ path: ['experiment'], message: reason }),
  );
  const parsedExperiment = new ExperimentText(experimentText, experimentFile);
  // Its own problems first, with their places in its own file.
  parsedExperiment.resolve();
  const resolveWith = (...values: readonly TrialValues[]): ExperimentConfig =>
    parsedExperiment.resolve(overridesOf(values));
  const unset = Object.entries(sweep.set).flatMap(([key, value]) =>
    problemsWith({ [key]: value }, ['set', key], resolveWith),
  );
  if (unset.length > 0) throw new ConfigError(file, unset.map(problem));
  const experiment = resolveWith(sweep.set);
  const problems = [
    ...unusableObjective(experiment),
    ...unusableParameters(sweep, (values) => resolveWith(sweep.set, values)),
  ];
  if (problems.length > 0) throw new ConfigError(file, problems.map(problem));
  return {
    sweep,
    trials: trialCount(sweep),
    name: basename(absolute).replace(/(\.gan-sweep)?\.json$/i, ''),
    experimentFile,
    experimentText,
    experiment,
  };
}

async function read(
  path: string,
  file: string,
  problem = (message: LocalizableText): ConfigProblem => ({ file, path: '', message }),
): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const message = isMissing
      ? localizable('There is no file {0}.', path)
      : localizable('The file cannot be read: {0}.', describeError(error));
    throw new ConfigError(file, [problem(message)], { cause: error });
  }
}

function parsed(json: JsonText, file: string, problem: (found: ValueProblem) => ConfigProblem): SweepConfig {
  const syntax = json.problems.map(
    ({ position, message }): ConfigProblem => ({
      file,
      ...position,
      path: '',
      message,
      isSyntax: true,
    }),
  );
  if (json.value === undefined) {
    const message = localizable('The file has no sweep. Sweeps are files that end in {0}.', SWEEP_EXTENSION);
    throw new ConfigError(file, [{ file, line: 1, column: 1, path: '', message }]);
  }
  const problems = syntax.length > 0 ? [] : problemsOf(sweepSchema, json.value);
  const result = sweepSchema.safeParse(json.value);
  if (syntax.length > 0 || !result.success)
    throw new ConfigError(file, [...syntax, ...problems.map(problem)]);
  const { $schema: _, ...sweep } = result.data;
  const flaws = flawsOf(sweep.parameters);
  if (flaws.length > 0) throw new ConfigError(file, flaws.map(problem));
  return sweep;
}

/** Sections that decide by what the trials are compared, or that the sweep sets itself. */
const FIXED: Readonly<Record<string, LocalizableText>> = {
  seed: localizable('A sweep sets the seeds itself. Use "seeds" for the number of runs in each trial.'),
  evaluation: localizable('All trials must be scored alike, so "evaluation" cannot be varied.'),
  length: localizable('All trials must have the same length, so "length" cannot be varied.'),
  logging: localizable('"logging" does not change what a run learns, so there is nothing to vary.'),
};

function flawsOf(parameters: Readonly<Record<string, Parameter>>): ValueProblem[] {
  const entries = Object.entries(parameters);
  if (entries.length === 0)
    return [
      {
        path: ['parameters'],
        message: localizable(
          'There is nothing to vary. Name a key, such as {0}.',
          '"optimiser.beta1": [0, 0.5]',
        ),
      },
    ];
  return entries.flatMap(([key, parameter]): ValueProblem[] => {
    const path = ['parameters', key];
    const override = parseOverride(`${key}=0`);
    if (override === undefined)
      return [
        {
          path,
          atKey: true,
          message: localizable(
            '{0} is not a key of an experiment, such as "optimiser.beta1".',
            JSON.stringify(key),
          ),
        },
      ];
    const fixed = FIXED[String(override.path[0])];
    if (fixed !== undefined) return [{ path, atKey: true, message: fixed }];
    switch (flawOf(parameter)) {
      case 'reversed':
        return [{ path, message: localizable('"from" must not be greater than "to".') }];
      case 'not positive':
        return [{ path, message: localizable('A logarithmic range must begin above 0.') }];
      case 'not whole':
        return [
          { path, message: localizable('The ends of a range of whole numbers must be whole numbers.') },
        ];
      default:
        return [];
    }
  });
}

function unusableObjective({ evaluation, length }: ExperimentConfig): ValueProblem[] {
  const path = ['objective'];
  if (evaluation === false)
    return [
      {
        path,
        message: localizable(
          'The experiment is not scored during training. Add {0} to it.',
          '"evaluation": { "every": 200 }',
        ),
      },
    ];
  return evaluation.every <= length.steps
    ? []
    : [
        {
          path,
          message: localizable(
            'The experiment ends at step {0}, before its first score at step {1}. Lower its "evaluation.every".',
            length.steps,
            evaluation.every,
          ),
        },
      ];
}

type Resolve = (values: TrialValues) => unknown;

/** Tries each value of a list and both ends of each range, one parameter at a time. */
function unusableParameters({ parameters }: SweepConfig, resolveWith: Resolve): ValueProblem[] {
  return Object.entries(parameters).flatMap(([key, parameter]) => {
    const path = ['parameters', key];
    const tried: readonly (readonly [string | number, ConfigValue])[] = Array.isArray(parameter)
      ? parameter.map((value, index) => [index, value])
      : [
          ['from', valueAtCoordinate(parameter, 0)],
          ['to', valueAtCoordinate(parameter, 1)],
        ];
    return tried.flatMap(([place, value]) => problemsWith({ [key]: value }, [...path, place], resolveWith));
  });
}

/** Problems of the experiment with these values, placed where the sweep has them. */
function problemsWith(values: TrialValues, path: JsonPath, resolveWith: Resolve): ValueProblem[] {
  try {
    resolveWith(values);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ message, suggestion, elsewhere }) => ({
      path,
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(elsewhere === undefined ? {} : { elsewhere }),
    }));
  }
}

function trialCount({ search, trials, parameters }: SweepConfig): number {
  const { part, options } = bindPart(searchMethods, search, 'name');
  const size = part.size?.(Object.values(parameters), options);
  return Math.min(trials ?? Number.POSITIVE_INFINITY, size ?? trials ?? DEFAULT_TRIALS);
}
