/** The extension in Simplified Chinese: what it contributes to VS Code, a page, and training. */
import { cpSync } from 'node:fs';
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
});
