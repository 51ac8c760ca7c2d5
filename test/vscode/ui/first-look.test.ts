/** First impressions after installing the extension. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder, useWorkbench } from './use-workbench';

describe('the first look', () => {
  const folder = useFolder('gan-first-look-');

  const workbench = useWorkbench({ workspaceFolder: folder });

  it('an empty folder: the view says what an experiment is', async () => {
    await workbench.openContainer('GAN');
    await workbench.page.getByText('No experiments yet.').waitFor();
    await workbench.screenshot('empty-view');
  });

  it('an experiment appears in the view by itself', async () => {
    writeFileSync(join(folder, 'rings.gan.json'), '{"data": {"source": "points2d"}, "model": "toy2d"}');
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.waitFor();
    expect(await workbench.treeItems('Experiments').count()).toBe(1);
    await workbench.screenshot('one-experiment');
  });

  it('what is offered for the experiment is in its row', async () => {
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.hover();
    await item.getByRole('button', { name: 'Start Training' }).waitFor();
  });
});

describe('without a folder', () => {
  const workbench = useWorkbench();

  it('the view and Start Training offer to open one', async () => {
    await workbench.openContainer('GAN');
    await workbench.page.getByText('are kept in a folder.').waitFor();
    await workbench.runCommand('GAN: Start Training');
    const toast = await workbench.notification('are kept in a folder');
    await toast.getByText('Open Folder…').waitFor();
    await workbench.screenshot('no-folder');
  });
});
