import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { newRun } from '../../test/support/training-job';
import { loadExperiment } from '../config/load';
import { dataShapeOf } from '../config/resolve';
import { RUN_FILES } from '../shared/run-format';
import { createRun } from './create-run';
import { readRun } from './list-runs';
import { LockObserver } from './lock-file';
import { generatorInputOf } from './older-runs';

const examples = readdirSync('examples').filter((name) => name.endsWith('.gan.json'));

it.each(examples)('knows what the generator of %s is given', async (name) => {
  const { config } = await loadExperiment(join('examples', name));
  const expected = dataShapeOf(config.data).input === undefined ? 'latents' : 'images';
  expect(generatorInputOf(config)).toBe(expected);
});

it('takes colour images alone for no translation', () => {
  const data = { source: 'emoji', use: 'colour', direction: 'line-to-colour' };
  expect(generatorInputOf({ data })).toBe('latents');
  expect(generatorInputOf('torn')).toBe('latents');
});

it('is said of a run that does not say it, as far as its configuration can be read', async () => {
  const runs = await temporaryFolder();
  const config = { data: { source: 'shapes', direction: 'picture-to-labels' } };
  const made = await Promise.all([
    createRun({ ...newRun(runs), config }),
    createRun({ ...newRun(runs), config, generatorInput: 'latents' }),
    createRun({ ...newRun(runs), config }),
  ]);
  await rm(join(made[2].folder, RUN_FILES.config));
  const told = await Promise.all(made.map(({ folder }) => readRun(folder, new LockObserver())));
  expect(told.map((run) => ('record' in run ? run.record.generatorInput : run.problem))).toEqual([
    'images',
    'latents',
    undefined,
  ]);
  await Promise.all(made.map((run) => run.close()));
});
