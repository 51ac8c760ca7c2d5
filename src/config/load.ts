/** Loads an experiment file: text, overrides and defaults, with all problems in one error. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { describeError } from '../shared/errors';
import { EXPERIMENT_EXTENSION } from '../shared/experiment-place';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import type { ConfigProblem } from './config-error';
import { ConfigError } from './config-error';
import { pathText } from './json-path';
import { type JsonText, parseJsonText } from './json-text';
import { applyOverride, parseOverride } from './overrides';
import { notAnOverride, placed } from './places';
import { resolveExperiment } from './resolve';
import type { ExperimentConfig } from './schema';

export interface LoadedExperiment {
  readonly config: ExperimentConfig;
  /** Absolute path. */
  readonly file: string;
  /** Folder that relative paths in the experiment resolve against. */
  readonly baseFolder: string;
  /** The file's name without `.gan.json`. */
  readonly name: string;
}

/** Throws `ConfigError` with all problems. */
export async function loadExperiment(
  file: string,
  overrides: readonly string[] = [],
): Promise<LoadedExperiment> {
  const absolute = resolve(file);
  let text: string;
  try {
    text = await readFile(absolute, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [{ file, path: '', message: unreadable(error) }], { cause: error });
  }
  return {
    config: parseExperiment(text, file, overrides),
    file: absolute,
    baseFolder: dirname(absolute),
    name: experimentName(absolute),
  };
}

/** The file's name without `.gan.json`. */
export function experimentName(file: string): string {
  return basename(file).replace(/(\.gan)?\.json$/i, '');
}

function unreadable(error: unknown): LocalizableText {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return localizable('No such file. Experiments are files that end in {0}.', EXPERIMENT_EXTENSION);
  if (code === 'EISDIR')
    return localizable('This is a folder. Experiments are files that end in {0}.', EXPERIMENT_EXTENSION);
  return localizable('The file cannot be read: {0}.', describeError(error));
}

/**
 * Parses the text of an experiment file.
 *
 * @param fileName name of the file in messages
 * @param overrides `key=value`, later ones take precedence
 * @throws `ConfigError` with all problems
 */
export function parseExperiment(
  text: string,
  fileName: string,
  overrides: readonly string[] = [],
): ExperimentConfig {
  return new ExperimentText(text, fileName).resolve(overrides);
}

/** The text of an experiment, parsed once and resolved with any number of overrides. */
export class ExperimentText {
  readonly #text: string;
  readonly #fileName: string;
  readonly #json: JsonText;

  /** @param fileName name of the file in messages */
  constructor(text: string, fileName: string) {
    this.#text = text;
    this.#fileName = fileName;
    this.#json = parseJsonText(text);
  }

  /** As `parseExperiment`. */
  resolve(overrides: readonly string[] = []): ExperimentConfig {
    const fileName = this.#fileName;
    const json = this.#json;
    const isBroken = json.problems.length > 0;
    const problems: ConfigProblem[] = json.problems.map(({ position, path, message }) => ({
      file: fileName,
      ...position,
      path: pathText(path),
      message,
      isSyntax: true,
    }));
    const parsed = overrides.map((override) => parseOverride(override) ?? notAnOverride(override));
    const applied = parsed.filter((override) => 'value' in override);
    problems.push(...parsed.filter((override) => 'message' in override));
    if (json.value === undefined)
      throw new ConfigError(fileName, [
        {
          file: fileName,
          line: 1,
          column: 1,
          path: '',
          message: localizable(
            'The file has no experiment. The shortest one is {0}.',
            '{"data": {"source": "digits"}}',
          ),
          // Editors report no error for an empty file.
          ...(this.#text === '' ? {} : { isSyntax: true }),
        },
      ]);

    const value = applied.reduce<unknown>(applyOverride, json.value);
    const result = resolveExperiment(value, json.value);
    if ('config' in result && problems.length === 0) return result.config;
    if ('problems' in result) {
      const found = result.problems.map((problem) => placed(problem, fileName, json, applied));
      problems.push(...(isBroken ? found.filter((problem) => !isFollowing(problem, problems)) : found));
    }
    throw new ConfigError(fileName, inOrder(problems));
  }
}

/** Whether a problem may be a mere consequence of invalid JSON: a missing or partially parsed value. */
function isFollowing(problem: ConfigProblem, syntax: readonly ConfigProblem[]): boolean {
  return (
    problem.isMissing === true ||
    syntax.some(({ line, column }) => line === problem.line && column === problem.column)
  );
}

/** Sorts problems in source order, overrides last. */
function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const last = Number.POSITIVE_INFINITY;
  return problems.toSorted(
    (a, b) => (a.line ?? last) - (b.line ?? last) || (a.column ?? last) - (b.column ?? last) || 0,
  );
}
