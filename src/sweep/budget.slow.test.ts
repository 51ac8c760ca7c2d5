/** A spent budget keeps trials from beginning, not from being finished. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { loadSweep } from './load-sweep';
import { planOf } from './plan';
import { SweepFolder } from './sweep-folder';
import { NEW_TRIAL } from './sweep-format';
import { workOn } from './worker';

const experiment = {
  ...points,
  evaluation: { every: 2, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
};

it('goes on with begun trials once its budget is spent', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const file = join(folder, 'toy.gan-sweep.json');
  const sweep = {
    experiment: 'toy.gan.json',
    parameters: { 'optimiser.beta1': [0, 0.3, 0.5] },
    search: 'grid',
    seeds: 1,
    objective: 'slicedWasserstein',
    budget: { steps: 6 },
  };
  await writeFile(file, JSON.stringify(sweep));
  const opened = await SweepFolder.create(join(folder, 'gan-runs'), planOf(file, await loadSweep(file)));
  const ended = [{ seed: 0, run: '00001-toy', steps: 6, seconds: 1, value: 1 }];
  for (const trial of [1, 2]) await opened.createTrialFolder(trial);
  await opened.writeState(1, { ...NEW_TRIAL, status: 'completed', runs: ended, value: 1 });
  await opened.writeState(2, { ...NEW_TRIAL, status: 'stopped' });
  expect(await workOn(opened, { signal: new AbortController().signal })).toBe('budget');
  expect((await opened.trial(2)).state?.status).toBe('completed');
  expect((await opened.trial(3)).state).toBeUndefined();
});
