/** The extension in Simplified Chinese: what it contributes to VS Code, a page, and training. */
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import chinese from '../../../package.nls.zh-cn.json';
import { train } from './command-line';
import { useFolder, useWorkbench } from './use-workbench';

describe('in Chinese', () => {
  const folder = useFolder('gan-chinese-');

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    train(folder, 300);
  });
  const workbench = useWorkbench({ workspaceFolder: folder, language: 'zh-cn' });

  it('the dashboard speaks it throughout', async () => {
    await workbench.openContainer('GAN');
    await workbench.page.getByText('00001-toy-ring').first().click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText('已完成').waitFor();
    await dashboard.getByRole('heading', { name: '判别器输出' }).waitFor();
    await workbench.screenshot('dashboard-chinese');
  });

  it('titles of views and commands are', async () => {
    // The dashboard of the other run would be taken for that of the new one.
    await workbench.runCommand('View: Close All Editors');
    await workbench.openContainer('GAN');
    await workbench.page.getByText(chinese['view.experiments']).first().waitFor();
    await workbench.screenshot('chinese');
    await workbench.runCommand(`GAN: ${chinese['command.startTraining']}`);
    await workbench.page.locator('.statusbar-item', { hasText: /GAN/ }).waitFor();
    await workbench.webview('.chart canvas');
    await workbench.screenshot('chinese-training');
  });

  it('a lesson is', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand(`GAN: ${chinese['command.openCourse']}`);
    const page = await workbench.webview('.lesson');
    await page.getByRole('heading', { name: '1. 两个网络，一场博弈' }).waitFor();
    await workbench.screenshot('chinese-course');
  });

  it('problems and hovers of an experiment are', async () => {
    const { page } = workbench;
    const wrong = '{\n  "data": { "source": "points2d" },\n  "objective": "hing"\n}\n';
    writeFileSync(join(folder, 'wrong.gan.json'), wrong);
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input[type=text]').fill('wrong.gan.json');
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'wrong.gan.json' }).click();
    await page.locator('.squiggly-error').first().waitFor();
    await page.locator('.view-line', { hasText: 'hing' }).getByText('objective').hover();
    await page.locator('.monaco-hover', { hasText: '类型' }).waitFor();
    await workbench.screenshot('chinese-hover');
    await workbench.runCommand('Problems: Focus on Problems View');
    await page.locator('.markers-panel', { hasText: '是否想写 "hinge"？' }).waitFor();
    await workbench.screenshot('chinese-problems');
  });
});
