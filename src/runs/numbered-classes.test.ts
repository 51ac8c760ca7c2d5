import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { gridPng } from '../pictures/grid';
import { float32 } from '../shared/host-tensor';
import { classesNumberedIn } from './numbered-classes';

it('names the classes that a saved picture shows by number', async () => {
  const file = join(await temporaryFolder(), 'sample.png');
  await writeFile(file, await gridPng(float32([4, 2, 2, 1]), { columns: 2, rowLabels: ['猫', 'dog'] }));
  expect(await classesNumberedIn(file)).toEqual(['class 0: 猫']);
  await writeFile(file, await gridPng(float32([4, 2, 2, 1])));
  expect(await classesNumberedIn(file)).toEqual([]);
});
