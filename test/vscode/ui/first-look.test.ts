/** What somebody sees who has just installed the extension. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { openWorkbench, type Workbench } from './workbench';

describe('the first look', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-first-look-'));
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench({ workspaceFolder: folder });
  });
  afterAll(async () => {
    await workbench?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('an empty folder: the view says what an experiment is', async () => {
    onTestFailed(() => workbench.screenshot('failed-empty-view'));
    await workbench.openContainer('GAN');
    await workbench.page.getByText('No experiments yet.').waitFor();
    await workbench.screenshot('empty-view');
  });

  it('an experiment appears in the view by itself', async () => {
    onTestFailed(() => workbench.screenshot('failed-experiment-appears'));
    writeFileSync(join(folder, 'rings.gan.json'), '{"data": {"source": "points2d"}, "model": "toy2d"}');
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.waitFor();
    expect(await workbench.treeItems('Experiments').count()).toBe(1);
    await workbench.screenshot('one-experiment');
  });

  it('what is offered for the experiment is in its row', async () => {
    onTestFailed(() => workbench.screenshot('failed-experiment-actions'));
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.hover();
    await item.getByRole('button', { name: 'Start Training' }).waitFor();
  });
});

describe('without a folder', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench();
  });
  afterAll(() => workbench?.close());

  it('the view and Start Training offer to open one', async () => {
    onTestFailed(() => workbench.screenshot('failed-no-folder'));
    await workbench.openContainer('GAN');
    await workbench.page.getByText('are kept in a folder.').waitFor();
    await workbench.runCommand('GAN: Start Training');
    const toast = await workbench.notification('are kept in a folder');
    await toast.getByText('Open Folder…').waitFor();
    await workbench.screenshot('no-folder');
  });
});
