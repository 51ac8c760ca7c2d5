import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { trainNew } from '../../test/support/training-job';
import { RunFolderError } from '../run-folder/errors';
import { readScores } from '../run-folder/scores';
import { readStepRecords } from './stored-run';

it('reads no records that lie outside of the run', async () => {
  const [folder, outside] = [await temporaryFolder(), join(await temporaryFolder(), 'metrics.jsonl')];
  expect(await readStepRecords(folder)).toEqual([]);
  await writeFile(outside, '');
  await symlink(outside, join(folder, 'metrics.jsonl'));
  await expect(readStepRecords(folder)).rejects.toThrow(RunFolderError);
  await expect(readScores(folder)).rejects.toThrow(RunFolderError);
});

it('thins very many records evenly', async () => {
  const folder = await trainNew(await temporaryFolder());
  const stepsOf = async (most?: number) => (await readStepRecords(folder, most)).map(({ step }) => step);
  expect(await stepsOf()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(await stepsOf(7)).toEqual([1, 5, 9, 13, 17]);
});
