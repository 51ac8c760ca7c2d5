/** Reads an experiment file: text, overrides, defaults, and every problem in one error. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { describeError } from '../shared/errors';
import type { ConfigProblem } from './config-error';
import { ConfigError } from './config-error';
import type { ValueProblem } from './issues';
import { pathText, startsWith } from './json-path';
import type { JsonText } from './json-text';
import { parseJsonText } from './json-text';
import type { Override } from './overrides';
import { applyOverride, parseOverride } from './overrides';
import { resolveExperiment } from './resolve';
import type { ExperimentConfig } from './schema';

export const EXPERIMENT_EXTENSION = '.gan.json';

export interface LoadedExperiment {
  readonly config: ExperimentConfig;
  /** Absolute path. */
  readonly file: string;
  /** What relative paths in the experiment are relative to. */
  readonly baseFolder: string;
  /** The file's name without `.gan.json`. */
  readonly name: string;
}

/** Throws `ConfigError` with every problem. */
export async function loadExperiment(
  file: string,
  overrides: readonly string[] = [],
): Promise<LoadedExperiment> {
  const absolute = resolve(file);
  let text: string;
  try {
    text = await readFile(absolute, 'utf8');
  } catch (error) {
    const found = describeError(error).startsWith('EISDIR')
      ? 'a folder'
      : `no readable file (${describeError(error)})`;
    const problem = {
      file,
      path: '',
      found,
      allowed: `an experiment, a file that ends in ${EXPERIMENT_EXTENSION}`,
    };
    throw new ConfigError(file, [problem], { cause: error });
  }
  return {
    config: parseExperiment(text, file, overrides),
    file: absolute,
    baseFolder: dirname(absolute),
    name: basename(absolute).replace(/(\.gan)?\.json$/i, ''),
  };
}

/**
 * @param fileName what messages call the file
 * @param overrides `key=value`, the later ones over the earlier
 */
export function parseExperiment(
  text: string,
  fileName: string,
  overrides: readonly string[] = [],
): ExperimentConfig {
  if (text.trim() === '')
    throw new ConfigError(fileName, [
      {
        file: fileName,
        line: 1,
        column: 1,
        path: '',
        found: 'an empty file',
        allowed: 'an experiment, e.g. {"data": {"source": "digits"}}',
      },
    ]);
  const json = parseJsonText(text);
  const problems: ConfigProblem[] = json.problems.map(({ position, path, found, allowed }) => ({
    file: fileName,
    ...position,
    path: pathText(path),
    found,
    allowed,
  }));
  const applied: Override[] = [];
  for (const override of overrides) {
    const parsed = parseOverride(override);
    if (parsed !== undefined) applied.push(parsed);
    else
      problems.push({
        file: `--set ${override}`,
        path: '',
        found: JSON.stringify(override),
        allowed: 'key=value, e.g. optimiser.beta1=0.4',
      });
  }
  if (json.problems.length > 0) throw new ConfigError(fileName, problems);
  const value = applied.reduce<unknown>(applyOverride, json.value);
  const result = resolveExperiment(value);
  if ('config' in result && problems.length === 0) return result.config;
  if ('problems' in result)
    problems.push(...result.problems.map((problem) => placed(problem, fileName, json, applied)));
  throw new ConfigError(fileName, problems);
}

/** Where a problem comes from: an override that set it, or a place in the file. */
function placed(
  { path, atKey, found, allowed, suggestion }: ValueProblem,
  file: string,
  json: JsonText,
  overrides: readonly Override[],
): ConfigProblem {
  const override = overrides.findLast(
    (candidate) => startsWith(path, candidate.path) || startsWith(candidate.path, path),
  );
  const place =
    override === undefined
      ? { file, ...(atKey === true ? json.keyPositionOf(path) : json.positionOf(path)) }
      : { file: `--set ${override.text}` };
  const written = json.scalarText(path);
  return {
    ...place,
    path: pathText(path),
    // A number too large for a computer reads as infinity; what was written says more.
    found:
      override === undefined && written !== undefined && found.startsWith('a number too') ? written : found,
    allowed,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
