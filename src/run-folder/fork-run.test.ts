import { readdir, readFile, rename, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import {
  checkpointBytes,
  loggedSteps,
  newRun,
  recordsOf,
  trainNew,
  trainOpened,
} from '../../test/support/training-job';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { CheckpointError } from './errors';
import { forkRun } from './fork-run';
import { readRunRecord } from './run-record';
import { sampleSteps } from './sample-files';

describe('going on from an older checkpoint', () => {
  it('makes a new run that names its parent, has its curves up to there, and leaves the parent alone', async () => {
    const runs = await temporaryFolder();
    const parentFolder = await trainNew(runs);
    const before = await readFile(join(parentFolder, RUN_FILES.metrics), 'utf8');
    const opened = await forkRun({ parentFolder, step: 10 }, newRun(runs));
    const { folder } = opened.run;
    expect(basename(folder)).toBe('00002-line-points');
    expect(await loggedSteps(folder)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await sampleSteps(folder)).toEqual([0, 5, 10]);
    expect(opened.run.record).toMatchObject({ step: 10, parent: { run: '00001-line-points', step: 10 } });

    await trainOpened(opened);
    const name = stepFileName(20, 'safetensors');
    expect((await checkpointBytes(folder, name)).equals(await checkpointBytes(parentFolder, name))).toBe(
      true,
    );
    expect((await loggedSteps(folder)).length).toBe(20);
    expect((await recordsOf(folder)).filter(({ step, type }) => type === 'event' && step < 10)).toEqual([]);
    expect(await readRunRecord(folder)).toMatchObject({
      status: 'completed',
      parent: { run: '00001-line-points' },
    });
    expect(await readFile(join(parentFolder, RUN_FILES.metrics), 'utf8')).toBe(before);
  });

  it.each([
    [RUN_FILES.metrics],
    [join(RUN_FILES.samples, stepFileName(5, 'png'))],
    [join(RUN_FILES.checkpoints, stepFileName(10, 'safetensors'))],
  ])('copies nothing through a link out of the parent: %s', async (name) => {
    const runs = await temporaryFolder();
    const parentFolder = await trainNew(runs);
    const outside = join(await temporaryFolder(), 'secret');
    await rename(join(parentFolder, name), outside);
    await symlink(outside, join(parentFolder, name));
    await expect(forkRun({ parentFolder, step: 10 }, newRun(runs))).rejects.toThrow('is a link to');
  });

  it('says which checkpoints there are when that one is not, and makes nothing', async () => {
    const runs = await temporaryFolder();
    const parentFolder = await trainNew(runs);
    const refusal: unknown = await forkRun({ parentFolder, step: 11 }, newRun(runs)).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(CheckpointError);
    expect(refusal).toMatchObject({ remedy: 'Choose 10 or 20.' });
    expect((await readdir(runs)).sort()).toEqual(['.gitignore', '00001-line-points']);
  });
});
