import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { trainNew } from '../../test/support/training-job';
import { checkpointPath, readCheckpointOf } from './checkpoints';
import { readChosen } from './chosen-checkpoint';
import { CheckpointError } from './errors';

/** Reads as usual, after training has removed the checkpoint of step 20. */
const readAfterRemoval: typeof readCheckpointOf = async (folder, step) => {
  await rm(checkpointPath(folder, 20), { force: true });
  return await readCheckpointOf(folder, step);
};

it.each(['best', 'newest'] as const)(
  'reads another checkpoint where the %s is removed meanwhile',
  async (choice) => {
    const folder = await trainNew(await temporaryFolder());
    expect((await readChosen(folder, choice)).state.step).toBe(20);
    expect((await readChosen(folder, choice, readAfterRemoval)).state.step).toBe(10);
  },
);

it('says which ones are left where a requested one is removed meanwhile', async () => {
  const folder = await trainNew(await temporaryFolder());
  const refusal = await readChosen(folder, 20, readAfterRemoval).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CheckpointError);
  expect(refusal).toMatchObject({ message: `${folder} has no checkpoint of step 20.`, remedy: 'Choose 10.' });
});
