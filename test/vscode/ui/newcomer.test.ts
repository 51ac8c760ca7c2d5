/** First steps of a new user: the first run from an empty folder, the walkthrough, and both in Chinese. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as manifest from '../../../package.json';
import chinese from '../../../package.nls.zh-cn.json';
import { useFolder, useWorkbench } from './use-workbench';

describe('an empty folder', () => {
  const folder = useFolder('gan-empty-');

  const workbench = useWorkbench({ workspaceFolder: folder });

  it('is three clicks away from curves and samples', async () => {
    const { page } = workbench;
    await workbench.openContainer('GAN');
    await page.getByRole('button', { name: 'Start Training' }).click();
    const rows = page.locator('.quick-input-widget .monaco-list-row');
    await rows.first().waitFor();
    expect(await rows.first().innerText()).toMatch(
      /Toy: eight clusters on a ring.*points · about \d+ (s|min)/s,
    );
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
});

describe('the walkthrough', () => {
  const folder = useFolder('gan-newcomer-');

  const workbench = useWorkbench({ workspaceFolder: folder });

  it('leads through every step, with its picture', async () => {
    const { page } = workbench;
    // In a narrower window VS Code omits the images.
    await page.setViewportSize({ width: 1700, height: 1000 });
    await workbench.runCommand('Welcome: Open Walkthrough...');
    const input = page.locator('.quick-input-widget input[type=text]');
    await input.fill('First GAN');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Train Your First GAN' }).click();
    const steps = page.locator('.getting-started-step');
    await steps.first().waitFor();
    const [walkthrough] = manifest.contributes.walkthroughs;
    expect(await steps.count()).toBe(walkthrough?.steps.length);
    for (const { id, media } of walkthrough?.steps ?? []) {
      const step = page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
      if ((await step.getAttribute('class'))?.includes('expanded') !== true) await step.click();
      await page.locator(`.getting-started-step.expanded[data-step-id$="#${id}"]`).waitFor();
      await workbench.webview('svg' in media ? 'svg' : 'h1');
      await workbench.screenshot(`walkthrough-${id}`);
    }
  });

  it('stays beside what its buttons open', async () => {
    const { page } = workbench;
    await page.locator('.getting-started-step[data-step-id$="#experiment"]').click();
    await page.getByRole('button', { name: 'Create Toy Experiment' }).click();
    await page.getByRole('tab', { name: 'toy-ring.gan.json' }).waitFor();
    expect(await page.locator('.getting-started-step').first().isVisible()).toBe(true);
    await workbench.screenshot('walkthrough-beside');
  });
});

describe('in Chinese', () => {
  const folder = useFolder('gan-chinese-');

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
  });
  const workbench = useWorkbench({ workspaceFolder: folder, language: 'zh-cn' });

  it('titles of views and commands are', async () => {
    await workbench.openContainer('GAN');
    await workbench.page.getByText(chinese['view.experiments']).first().waitFor();
    await workbench.screenshot('chinese');
    await workbench.runCommand(chinese['command.startTraining']);
    await workbench.page.locator('.statusbar-item', { hasText: /GAN/ }).waitFor();
    await workbench.webview('.chart canvas');
    await workbench.screenshot('chinese-training');
  });
});
