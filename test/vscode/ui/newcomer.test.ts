/** What somebody is shown who knows nothing yet: the walkthrough, and all of it in Chinese where that is the language. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import * as manifest from '../../../package.json';
import chinese from '../../../package.nls.zh-cn.json';
import { openWorkbench, type Workbench } from './workbench';

describe('the walkthrough', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-newcomer-'));
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench({ workspaceFolder: folder });
  });

  afterAll(async () => {
    await workbench?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leads through every step, with its picture', async () => {
    onTestFailed(() => workbench.screenshot('failed-walkthrough'));
    const { page } = workbench;
    // In a narrower one VS Code leaves the pictures out.
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
});

describe('in Chinese', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-chinese-'));
  let workbench: Workbench;

  beforeAll(async () => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    workbench = await openWorkbench({ workspaceFolder: folder, language: 'zh-cn' });
  });

  afterAll(async () => {
    await workbench?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('titles of views and commands are', async () => {
    onTestFailed(() => workbench.screenshot('failed-chinese'));
    await workbench.openContainer('GAN');
    await workbench.page.getByText(chinese['view.experiments']).first().waitFor();
    await workbench.screenshot('chinese');
    await workbench.runCommand(chinese['command.startTraining']);
    await workbench.page.locator('.statusbar-item', { hasText: /GAN/ }).waitFor();
    await workbench.webview('.chart canvas');
    await workbench.screenshot('chinese-training');
  });
});
