import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { ConfigError, sentenceOf } from '../config/config-error';
import * as jsonText from '../config/json-text';
import { formatText } from '../shared/localizable-text';
import { loadSweep } from './load-sweep';

const scored = { ...points, evaluation: { every: 2 } };
const rates = { 'optimiser.beta1': [0, 0.5] };

async function load(sweep: unknown, experiment: unknown = scored) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const file = join(folder, 'toy.gan-sweep.json');
  await writeFile(file, typeof sweep === 'string' ? sweep : JSON.stringify(sweep, undefined, 1));
  return await loadSweep(file);
}

/** The problems of a sweep as `path: sentence`. */
async function problemsOf(sweep: unknown, experiment?: unknown): Promise<string[]> {
  const error: unknown = await load(sweep, experiment).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw error;
  return error.problems.map((problem) => `${problem.path}: ${formatText(sentenceOf(problem))}`);
}

const sweep = { experiment: 'toy.gan.json', parameters: rates, objective: 'kid' };

vi.mock('../config/json-text', { spy: true });

it('parses the experiment once, however many values it tries', async () => {
  const values = Array.from({ length: 50 }, (_, index) => index / 100);
  vi.mocked(jsonText.parseJsonText).mockClear();
  await load({ ...sweep, parameters: { 'optimiser.beta1': values } });
  expect(jsonText.parseJsonText).toHaveBeenCalledTimes(2);
});

it('fills in what an hour and a laptop allow', async () => {
  const { sweep: loaded, trials, name } = await load(sweep);
  expect({ ...loaded, trials, name }).toEqual({
    ...sweep,
    name: 'toy',
    trials: 16,
    objective: { score: 'kid', value: 'best' },
    set: {},
    seeds: 2,
    seed: 0,
    search: { name: 'random' },
    pruning: { name: 'asha', factor: 4 },
    pruneOnFinding: false,
    parallel: 1,
    budget: {},
  });
});

it('counts the combinations of a grid, where nothing smaller is given', async () => {
  const grid = {
    ...sweep,
    parameters: { ...rates, 'optimiser.beta2': { from: 0.9, to: 0.99 } },
    search: { name: 'grid', points: 4 },
  };
  expect((await load(grid)).trials).toBe(8);
  expect((await load({ ...grid, trials: 3 })).trials).toBe(3);
  expect((await load({ ...grid, trials: 30 })).trials).toBe(8);
});

it('keeps the text of the experiment, so that later changes of the file do not matter', async () => {
  expect(JSON.parse((await load(sweep)).experimentText)).toEqual(scored);
});

it.each([
  {
    of: 'a key of no experiment',
    parameters: { 'optimiser.beta': [0.5] },
    problems: [expect.stringMatching(/^parameters\.optimiser\.beta.*Unknown key "beta"\. Did you mean "/)],
  },
  {
    of: 'a value that the key does not take',
    parameters: { 'optimiser.beta1': [0.5, 2] },
    problems: [expect.stringMatching(/^parameters\.optimiser\.beta1\[1\]: Expected a number.*found 2\.$/)],
  },
  {
    of: 'an end of a range that the key does not take',
    parameters: { 'data.batchSize': { from: 0, to: 8, by: 'integer' } },
    problems: [expect.stringMatching(/^parameters\.data\.batchSize\.from: Expected an integer from 1/)],
  },
  {
    of: 'a range from a larger to a smaller number',
    parameters: { 'optimiser.beta1': { from: 0.5, to: 0 } },
    problems: ['parameters.optimiser.beta1: "from" must not be greater than "to".'],
  },
  {
    of: 'a logarithmic range from zero',
    parameters: { 'optimiser.beta1': { from: 0, to: 0.5, by: 'log-uniform' } },
    problems: ['parameters.optimiser.beta1: A logarithmic range must begin above 0.'],
  },
  {
    of: 'whole numbers between fractions',
    parameters: { 'data.batchSize': { from: 1.5, to: 4, by: 'integer' } },
    problems: ['parameters.data.batchSize: The ends of a range of whole numbers must be whole numbers.'],
  },
  {
    of: 'what decides by what trials are compared',
    parameters: { seed: [1, 2], 'evaluation.samples': [10], 'length.steps': [5] },
    problems: [
      expect.stringMatching(/^parameters\.seed: A sweep sets the seeds itself/),
      expect.stringMatching(/^parameters\.evaluation\.samples: All trials must be scored alike/),
      expect.stringMatching(/^parameters\.length\.steps: All trials must have the same length/),
    ],
  },
  {
    of: 'nothing to vary',
    parameters: {},
    problems: [expect.stringMatching(/^parameters: There is nothing to vary/)],
  },
])('refuses $of', async ({ parameters, problems }) => {
  expect(await problemsOf({ ...sweep, parameters })).toEqual(problems);
});

it('refuses misspelt keys and names with suggestions', async () => {
  expect(await problemsOf({ ...sweep, objective: 'fidd', trails: 3 })).toEqual([
    expect.stringMatching(/^objective: .*found "fidd"\. Did you mean "fid"\?$/),
    expect.stringMatching(/^trails: Unknown key "trails"\. Did you mean "trials"\?$/),
  ]);
});

it('refuses an experiment that is not scored while it trains', async () => {
  expect(await problemsOf(sweep, points)).toEqual([
    expect.stringMatching(/^objective: The experiment is not scored during training\. Add /),
  ]);
  expect(await problemsOf(sweep, { ...points, evaluation: { every: 7 } })).toEqual([
    expect.stringMatching(/^objective: The experiment ends at step 6, before its first score at step 7/),
  ]);
});

it('changes the experiment for all trials', async () => {
  const set = { 'length.steps': 40, evaluation: { every: 20 } };
  expect((await load({ ...sweep, set }, points)).experiment).toMatchObject({
    length: { steps: 40 },
    evaluation: { every: 20 },
  });
  expect(await problemsOf({ ...sweep, set: { 'length.steps': 0 } })).toEqual([
    expect.stringMatching(/^set\.length\.steps: Expected an integer from 1/),
  ]);
});

it('says which experiment is missing', async () => {
  expect(await problemsOf({ ...sweep, experiment: 'other.gan.json' })).toEqual([
    expect.stringMatching(/^experiment: There is no file .*other\.gan\.json\.$/),
  ]);
});

it('refuses text that is no JSON', async () => {
  expect(await problemsOf('{ "experiment": "toy.gan.json"')).toEqual([
    ': Expected a closing brace, found the end of the file.',
  ]);
  expect(await problemsOf('')).toEqual([expect.stringContaining('The file has no sweep')]);
});
