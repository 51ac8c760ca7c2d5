import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { RUN_FILES } from '../../shared/run-format';
import { changeItems } from './apply-finding';

vi.mock('vscode', () => ({ l10n: { t: (text: string) => text } }));
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
