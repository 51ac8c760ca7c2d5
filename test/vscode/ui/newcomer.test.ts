/** First steps of a new user: the view of an empty folder, the first run from there, and the walkthrough. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as manifest from '../../../package.json';
import { useFolder, useWorkbench } from './use-workbench';

describe('an empty folder', () => {
  const folder = useFolder('gan-empty-');

  const workbench = useWorkbench({ workspaceFolder: folder });

  it('has a view that says what an experiment is', async () => {
    await workbench.openContainer('GAN');
    await workbench.page.getByText('No experiments yet.').waitFor();
    await workbench.screenshot('empty-view');
  });

  it('shows an experiment by itself', async () => {
    writeFileSync(join(folder, 'rings.gan.json'), '{"data": {"source": "points2d"}, "model": "toy2d"}');
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.waitFor();
    await expect.poll(() => workbench.treeItems('Experiments').count()).toBe(1);
    await workbench.screenshot('one-experiment');
  });

  it('offers in the row of an experiment what can be done with it', async () => {
    const item = workbench.treeItems('Experiments').filter({ hasText: 'rings' });
    await item.hover();
    await item.getByRole('button', { name: 'Start Training' }).waitFor();
  });

  it('is three clicks away from curves and samples', async () => {
    const { page } = workbench;
    rmSync(join(folder, 'rings.gan.json'));
    await page.getByText('No experiments yet.').waitFor();
    await page.getByRole('button', { name: 'Start Training' }).click();
    const rows = page.locator('.quick-input-widget .monaco-list-row');
    await rows.first().waitFor();
    await expect
      .poll(() => rows.first().innerText())
      .toMatch(/Toy: eight clusters on a ring.*points · about \d+ (s|min)/s);
    await workbench.screenshot('preset-picker');
    const filter = page.locator('.quick-input-widget input[type=text]');
    await filter.fill('emoji');
    await rows.filter({ hasText: 'downloads 4.2 MiB' }).first().waitFor();
    await filter.fill('');
    await rows.first().click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('.sample canvas').first().waitFor();
    await workbench.screenshot('first-run');
    expect(existsSync(join(folder, 'toy-ring.gan.json'))).toBe(true);
    await workbench.runCommand('GAN: Stop');
    await page.locator('.statusbar-item', { hasText: /GAN:/ }).waitFor({ state: 'hidden' });
  });

  it('lists a data folder that is missing in Problems, until it appears', async () => {
    const { page } = workbench;
    rmSync(join(folder, 'toy-ring.gan.json'), { force: true });
    writeFileSync(
      join(folder, 'mine.gan.json'),
      '{\n  "data": { "source": "folder", "folder": "pictures", "imageSize": 32 }\n}\n',
    );
    await workbench.treeItems('Experiments').filter({ hasText: 'mine' }).waitFor();
    await workbench.treeItems('Experiments').filter({ hasText: 'mine' }).hover();
    await workbench
      .treeItems('Experiments')
      .filter({ hasText: 'mine' })
      .getByRole('button', { name: 'Start Training' })
      .click();
    const toast = await workbench.notification('does not exist');
    await workbench.runCommand('Problems: Focus on Problems View');
    const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'does not exist' });
    await problem.waitFor();
    await workbench.screenshot('missing-folder');
    await toast.getByText('Open Experiment').click();
    await page.getByRole('tab', { name: 'mine.gan.json' }).waitFor();
    mkdirSync(join(folder, 'pictures'));
    await problem.waitFor({ state: 'detached' });
  });

  it('has a walkthrough with every step and its picture', async () => {
    const { page } = workbench;
    // In a narrower window, or above a panel, VS Code omits the images.
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('View: Hide Panel');
    await page.setViewportSize({ width: 1700, height: 1000 });
    await workbench.runCommand('Welcome: Open Walkthrough...');
    const input = page.locator('.quick-input-widget input[type=text]');
    await input.fill('First GAN');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Train Your First GAN' }).click();
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    const [walkthrough] = manifest.contributes.walkthroughs;
    await expect.poll(() => steps.count()).toBe(walkthrough?.steps.length);
    for (const { id, media } of walkthrough?.steps ?? []) {
      const step = page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
      if ((await step.getAttribute('class'))?.includes('expanded') !== true) await step.click();
      await page.locator(`.getting-started-step.expanded[data-step-id$="#${id}"]`).waitFor();
      await workbench.webview('svg' in media ? 'svg' : 'h1');
      await workbench.screenshot(`walkthrough-${id}`);
    }
  });

  it('keeps the walkthrough beside what its buttons open', async () => {
    const { page } = workbench;
    await page.locator('.getting-started-step[data-step-id$="#experiment"]').click();
    await page.getByRole('button', { name: 'Create Toy Experiment' }).click();
    await page.getByRole('tab', { name: 'toy-ring.gan.json' }).waitFor();
    await expect.poll(() => page.locator('.getting-started-step').first().isVisible()).toBe(true);
    await workbench.screenshot('walkthrough-beside');
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
