import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { readRun } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import { openRun } from '../../run-folder/resume-run';
import { recordDeath } from './record-death';

describe('recording the death of a worker', () => {
  it('gives the run its reason and sets it free, though the process that held its lock lives on', async () => {
    const runsFolder = join(await temporaryFolder(), 'gan-runs');
    const { folder } = await createToyRun({
      runsFolder,
      experimentFile: join(runsFolder, '..', 'toy.gan.json'),
    });
    const warnings: string[] = [];
    const failure = { message: 'The training thread died.', remedy: 'Resume the run.' };
    await recordDeath(folder, failure, (message) => warnings.push(message));
    expect(warnings).toEqual([]);
    expect(await readRun(folder, new LockObserver())).toMatchObject({
      status: 'failed',
      record: { failure: { ...failure, step: 0 } },
    });
    const { run } = await openRun(folder);
    await run.close();
  });
});
