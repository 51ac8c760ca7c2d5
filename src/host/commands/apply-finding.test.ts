import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { RUN_FILES } from '../../shared/run-format';
import { changeItems, pickCheckpoint } from './apply-finding';

const picker = vi.hoisted(() => ({ labels: [] as readonly string[] }));

vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: { t: (text: string) => text },
  window: {
    showQuickPick: async (items: readonly { readonly label: string }[]) => {
      picker.labels = items.map(({ label }) => label);
      return items[0];
    },
  },
}));
vi.mock('./run-target', () => ({}));

it('shows what each change sets, with the values before and after', async () => {
  const folder = await temporaryFolder();
  const run = await createToyRun({
    runsFolder: join(folder, 'gan-runs'),
    experimentFile: join(folder, 'toy.gan.json'),
    config: { criticSteps: 1, optimiser: { generatorLearningRate: 0.002 } },
  });
  await run.close();
  const change = {
    title: 'Slow the generator',
    set: { criticSteps: 2, 'optimiser.generatorLearningRate': 0.001 },
  };
  expect(await changeItems(run.folder, { changes: [change] })).toEqual([
    {
      label: 'Slow the generator',
      detail: 'criticSteps: 1 → 2 · optimiser.generatorLearningRate: 0.002 → 0.001',
      change,
    },
  ]);
  await rm(join(run.folder, RUN_FILES.config));
  const [item] = await changeItems(run.folder, { changes: [change] });
  expect(item?.detail).toBe('criticSteps: – → 2 · optimiser.generatorLearningRate: – → 0.001');
});

it('asks where the new run starts only if there is a checkpoint', async () => {
  const folder = await temporaryFolder();
  const run = await createToyRun({
    runsFolder: join(folder, 'gan-runs'),
    experimentFile: join(folder, 'toy.gan.json'),
  });
  expect(await pickCheckpoint(run.folder, 5, 'Slow the generator')).toBe(0);
  expect(picker.labels).toEqual([]);
  await run.writeCheckpoint({
    leaves: {},
    state: { schemaVersion: 1, step: 4, images: 0, random: {}, data: { epoch: 0, offset: 0 } },
  });
  await run.close();
  expect(await pickCheckpoint(run.folder, 5, 'Slow the generator')).toBe(4);
  expect(picker.labels).toEqual(['Step {0}', 'From the beginning']);
});
