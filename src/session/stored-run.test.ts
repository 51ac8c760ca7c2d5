import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { trainNew } from '../../test/support/training-job';
import { RunFolderError } from '../run-folder/errors';
import { readScores } from '../run-folder/scores';
import { readStepRecords } from './stored-run';

async function stepsOf(folder: string): Promise<number[]> {
  const steps: number[] = [];
  for await (const part of readStepRecords(folder)) steps.push(...part.map(({ step }) => step));
  return steps;
}

it('reads the steps of a run in order', async () => {
  const folder = await trainNew(await temporaryFolder());
  expect(await stepsOf(folder)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

it('reads no records that lie outside of the run', async () => {
  const [folder, outside] = [await temporaryFolder(), join(await temporaryFolder(), 'metrics.jsonl')];
  expect(await stepsOf(folder)).toEqual([]);
  await writeFile(outside, '');
  await symlink(outside, join(folder, 'metrics.jsonl'));
  await expect(stepsOf(folder)).rejects.toThrow(RunFolderError);
  await expect(readScores(folder)).rejects.toThrow(RunFolderError);
});
