/** Training through the user interface: from nothing to a live run that a reload stops and that is then resumed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../src/config/load';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { useFolder, useWorkbench } from './use-workbench';

describe('training', () => {
  const folder = useFolder('gan-training-');
  const experiment = join(folder, 'toy-ring.gan.json');

  const workbench = useWorkbench({ workspaceFolder: folder });

  const statusBar = (text: RegExp): Locator => workbench.page.locator('.statusbar-item', { hasText: text });
  const runRow = (): Locator => workbench.treeItems('Experiments').filter({ hasText: '00001-toy-ring' });

  function recordOf(run: string): unknown {
    return JSON.parse(readFileSync(join(folder, RUNS_FOLDER, run, RUN_FILES.run), 'utf8'));
  }

  it('begins with a preset where there is no experiment, and leaves a commented file', async () => {
    await workbench.openContainer('GAN');
    await workbench.runCommand('GAN: Start Training');
    const preset = workbench.page.locator('.quick-input-widget .monaco-list-row', {
      hasText: 'eight clusters',
    });
    await preset.waitFor();
    await workbench.screenshot('presets');
    await preset.click();
    await statusBar(/GAN: \d+% · .+ left/).waitFor();
    const text = readFileSync(experiment, 'utf8');
    expect(text).toContain('//');
    expect(parseExperiment(text, experiment).length.steps).toBe(5000);
  });

  it('is seen in the tree and in the status bar, and ends by a command', async () => {
    await runRow()
      .filter({ hasText: /[1-9][\d,]*\/5,000/ })
      .waitFor();
    // The dashboard opens by itself, since a user who starts a run wants to watch it.
    await workbench.webview('.chart canvas');
    await workbench.screenshot('training');
    await workbench.runCommand('GAN: Stop');
    await statusBar(/GAN:/).waitFor({ state: 'hidden' });
    expect(recordOf('00001-toy-ring')).toMatchObject({ status: 'stopped' });
    await runRow().hover();
    await runRow().getByRole('button', { name: 'Resume' }).waitFor();
    await workbench.screenshot('stopped');
  });

  it('goes on from its checkpoint, also after a reload in mid-training', async () => {
    writeFileSync(experiment, readFileSync(experiment, 'utf8').replace('5000', '1000000'));
    const start = workbench.page.locator('.editor-actions').getByRole('button', { name: 'Start Training' });
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await workbench.page.locator('.quick-input-widget input[type=text]').fill('toy-ring.gan.json');
    await workbench.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: 'toy-ring.gan.json' })
      .first()
      .click();
    await start.click();
    await statusBar(/GAN: \d+% · .+ left/).waitFor();
    await workbench.reload();
    // While the window closes, the current step finishes and a checkpoint is written.
    await expect.poll(() => recordOf('00002-toy-ring')).toMatchObject({ status: 'stopped' });
    await workbench.openContainer('GAN');
    const row = workbench.treeItems('Experiments').filter({ hasText: '00002-toy-ring' });
    await row.hover();
    await row.getByRole('button', { name: 'Resume' }).click();
    await statusBar(/GAN: \d+% · .+ left/).waitFor();
    await workbench.webview('.chart canvas');
    await workbench.screenshot('resumed-after-reload');
    await workbench.runCommand('GAN: Stop');
    await statusBar(/GAN:/).waitFor({ state: 'hidden' });
    expect(readdirSync(join(folder, RUNS_FOLDER)).filter((name) => /^\d/.test(name))).toEqual([
      '00001-toy-ring',
      '00002-toy-ring',
    ]);
  });
});
