import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { gridPng } from '../pictures/grid';
import { float32 } from '../shared/host-tensor';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { rowLabelsOf } from './row-labels';

const source = { source: float32([4, 3]), labels: float32([4, 2]), columns: 2 };

it('takes the names of classes from the newest sample, and numbers them where it does not fit', async () => {
  const run = await temporaryFolder();
  await mkdir(join(run, RUN_FILES.samples));
  expect(await rowLabelsOf(run, source)).toEqual(['0', '1']);
  const sample = async (step: number, rowLabels: readonly string[]) =>
    writeFile(
      join(run, RUN_FILES.samples, stepFileName(step, 'png')),
      await gridPng(float32([4, 2, 2, 1]), { columns: 2, rowLabels }),
    );
  await sample(10, ['cat', 'dog']);
  expect(await rowLabelsOf(run, source)).toEqual(['cat', 'dog']);
  await sample(20, ['cat', 'dog', 'bird']);
  expect(await rowLabelsOf(run, source)).toEqual(['0', '1']);
  expect(await rowLabelsOf(run, { source: source.source })).toEqual([]);
});
