import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
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
