import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { SAMPLED_STEPS, toldRun } from '../../test/support/told-run';
import { exportRun } from './export-run';

it.each(['webp', 'gif'])(
  'shows a frame for each sample, at the size and rate asked for, as %s',
  async (ending) => {
    const folder = await temporaryFolder();
    const path = join(folder, `training.${ending}`);
    const runFolder = await toldRun(folder);
    await exportRun({
      runFolder,
      format: 'animation',
      path,
      replaces: false,
      frames: { width: 60, perSecond: 4 },
    });
    const { format, pages, width, delay, loop } = await sharp(path).metadata();
    expect({ format, pages, width, delay, loop }).toEqual({
      format: ending,
      pages: SAMPLED_STEPS.length,
      width: 60,
      delay: [250, 250, 2000],
      loop: 0,
    });
  },
);

it('refuses other files, and runs with nothing to show', async () => {
  const folder = await temporaryFolder();
  const told = { format: 'animation', replaces: false } as const;
  const misnamed = exportRun({ ...told, runFolder: await toldRun(folder), path: join(folder, 'a.mp4') });
  await expect(misnamed).rejects.toThrow('Animations cannot be written as .mp4 files.');
  const bare = await checkpointedRun(folder, {
    data: folderData(),
    generator: { network: 'dcgan', channels: [4, 3] },
    discriminator: { network: 'dcgan', channels: [3, 4] },
  });
  const none = exportRun({ ...told, runFolder: bare, path: join(folder, 'a.webp') });
  await expect(none).rejects.toThrow('has fewer than two samples.');
  expect((await readdir(folder)).sort()).toEqual(['gan-runs']);
});
