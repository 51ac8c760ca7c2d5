import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import * as z from 'zod';
import { ConfigError } from '../../config/config-error';
import { isRecord } from '../../config/json-path';
import { parseJsonText } from '../../config/json-text';
import { parseExperiment } from '../../config/load';
import { applyOverride, type Override, parseOverride } from '../../config/overrides';
import type { ExperimentConfig } from '../../config/schema';
import { differingKeys } from '../../config/stored';
import { EXPERIMENT_EXTENSION } from '../../shared/experiment-place';
import { localizable } from '../../shared/localizable-text';
import { errorCode, storageError } from '../../storage/storage-error';
import { AgentError } from '../agent-workspace';
import { asJson, defineTool } from '../tool';

export const createExperiment = defineTool({
  name: 'create_experiment',
  title: 'Create Experiment',
  description:
    'Writes a new experiment file beside an existing one, with some keys changed, and checks it. It trains nothing. Change one thing at a time, so that a better score says why.',
  effect: 'writes',
  input: z.strictObject({
    from: z.string().min(1).describe('The experiment to start from, as list_experiments returns it.'),
    name: z
      .string()
      .regex(/^[\p{Letter}\p{Number}][\p{Letter}\p{Number}._-]*$/u)
      .max(80)
      .describe('Name of the new experiment, without extension.'),
    changes: z
      .record(z.string(), z.json())
      .describe('Values by dotted key, such as { "optimiser.beta1": 0.5, "length.steps": 1000 }.'),
  }),
  confirmation: ({ from, name }) =>
    localizable('Create the experiment {0} from {1}?', name + EXPERIMENT_EXTENSION, from),
  async run({ from, name, changes }, { workspace }) {
    const base = await workspace.experiment(from);
    const file = await workspace.writable(dirname(base), `${name}${EXPERIMENT_EXTENSION}`);
    const text = await readFile(base, 'utf8');
    const changed = changedText(text, Object.entries(changes).map(overrideOf));
    const config = checked(changed, workspace.shown(file));
    const before = configOf(text, base);
    try {
      await writeFile(file, changed, { flag: 'wx' });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw storageError(localizable('write {0}', file), error);
      throw new AgentError(
        localizable('{0} exists already.', workspace.shown(file)),
        localizable('Choose another name.'),
      );
    }
    return {
      value: asJson({
        experiment: workspace.shown(file),
        changed: before === undefined ? Object.keys(changes) : differingKeys(before, config),
      }),
    };
  },
});

/** Undefined for an experiment that is not valid: what changes may be its correction. */
function configOf(text: string, file: string): ExperimentConfig | undefined {
  try {
    return parseExperiment(text, file);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** Refuses an experiment with all its problems, before anything is written. */
function checked(text: string, name: string): ExperimentConfig {
  try {
    return parseExperiment(text, name);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new AgentError(
      error.message,
      localizable('Nothing was written. Correct the changes and try again.'),
    );
  }
}

function overrideOf([key, value]: readonly [string, unknown]): Override {
  const override = parseOverride(`${key}=${JSON.stringify(value)}`);
  if (override !== undefined) return override;
  throw new AgentError(
    localizable('{0} is not a key of an experiment, such as "optimiser.beta1".', JSON.stringify(key)),
    localizable('Use dotted keys.'),
  );
}

/** Keeps comments and formatting, except inside the top-level keys that change. */
function changedText(text: string, overrides: readonly Override[]): string {
  const root = overrides.reduce<unknown>(applyOverride, parseJsonText(text).value);
  if (!isRecord(root)) return text;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const keys = new Set(overrides.map(({ path }) => String(path[0])));
  return [...keys].reduce(
    (result, key) => applyEdits(result, modify(result, [key], root[key], { formattingOptions })),
    text,
  );
}
