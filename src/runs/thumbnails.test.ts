import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { trainNew } from '../../test/support/training-job';
import { gridPng } from '../pictures/grid';
import { float32 } from '../shared/host-tensor';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { Thumbnails } from './thumbnails';

it('shows the newest sample, made once and again when there is another', async () => {
  const folder = await trainNew(await temporaryFolder(), { settings: { totalSteps: 2 } });
  const sample = (step: number) => join(folder, RUN_FILES.samples, stepFileName(step, 'png'));
  const picture = await gridPng(float32([4, 8, 8, 3]));
  await writeFile(sample(2), picture);
  const thumbnails = new Thumbnails();
  const first = await thumbnails.of(folder);
  expect(first?.step).toBe(2);
  expect(await thumbnails.of(folder)).toBe(first);
  await utimes(sample(2), 1, 1);
  expect(await thumbnails.of(folder)).not.toBe(first);
  await writeFile(sample(3), picture);
  expect((await thumbnails.of(folder))?.step).toBe(3);
});

it('shows nothing where there is no sample, or none that is whole', async () => {
  const folder = await trainNew(await temporaryFolder(), { settings: { totalSteps: 2 } });
  const thumbnails = new Thumbnails();
  expect(await thumbnails.of(join(folder, 'nothing'))).toBeUndefined();
  await writeFile(join(folder, RUN_FILES.samples, stepFileName(2, 'png')), 'no picture');
  expect(await thumbnails.of(folder)).toBeUndefined();
});
