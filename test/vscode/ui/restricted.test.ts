/** An untrusted workspace: its runs can be viewed, but nothing is trained or written. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useFolder, useWorkbench } from './use-workbench';

describe('a workspace that is not trusted', () => {
  const folder = useFolder('gan-restricted-');
  let before: readonly string[] = [];

  const files = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    const args = ['train', 'toy-ring.gan.json', '--steps', '30', '--set', 'engine.threads=1'];
    execFileSync(process.execPath, [resolve('dist/gan.cjs'), ...args], { cwd: folder, stdio: 'pipe' });
    writeFileSync(join(folder, 'wrong.gan.json'), '{"data": {"source": "digts"}}');
    before = files();
  });
  const workbench = useWorkbench({ workspaceFolder: folder, restricted: true });

  it('shows its runs and their dashboards', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.openContainer('GAN');
    const run = workbench.treeItems('Experiments').filter({ hasText: '00001-toy-ring' });
    await run.click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText('Step 30 of 30').waitFor();
    await workbench.screenshot('restricted');
  });

  it('offers nothing that trains or writes', async () => {
    const experiment = workbench.treeItems('Experiments').filter({ hasText: 'wrong' });
    await experiment.hover();
    expect(await experiment.getByRole('button', { name: 'Start Training' }).count()).toBe(0);
    await workbench.page.keyboard.press('F1');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await input.fill('>GAN: ');
    const offered = workbench.page.locator('.quick-input-widget .monaco-list-row .label-name');
    await offered.filter({ hasText: 'GAN: Open Dashboard' }).waitFor();
    const titles = await offered.allInnerTexts();
    expect(titles.filter((title) => /Start|Stop|Resume|Rename|Delete|New Experiment/.test(title))).toEqual(
      [],
    );
    await workbench.screenshot('restricted-palette');
    await workbench.page.keyboard.press('Escape');
  });

  it('says what is wrong with an experiment all the same', async () => {
    await workbench.treeItems('Experiments').filter({ hasText: 'wrong' }).click();
    await workbench.page.locator('.squiggly-error').first().waitFor();
    expect(await workbench.page.locator('.codelens-decoration').getByText('Start Training').count()).toBe(0);
  });

  it('has nothing written into it', () => {
    expect(files()).toEqual(before);
  });
});
