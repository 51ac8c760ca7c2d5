/**
 * The complete journey of training on images, with the digits that ship: from the palette to a run that is watched,
 * paused, found again after a reload, resumed, stopped, compared with a second run and deleted.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUNS_FOLDER } from '../../../src/shared/run-format';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

/** The default network for digits, with batches small enough that its curves move on any machine. */
const EXPERIMENT = {
  data: { source: 'digits', batchSize: 8 },
  model: 'dcgan',
  length: { steps: 100_000 },
  logging: { sampleEvery: 2, checkpointEvery: 20 },
};

describe('the way from nothing to a comparison', () => {
  const folder = useFolder('gan-journey-');
  const experiment = join(folder, 'digits.gan.json');
  let dashboard: Frame;

  beforeAll(() => {
    writeFileSync(experiment, JSON.stringify(EXPERIMENT));
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  const status = (): Locator => dashboard.locator('.head .status');
  const row = (run: string): Locator => workbench.treeItems('Experiments').filter({ hasText: run });
  const runs = (): string[] =>
    existsSync(join(folder, RUNS_FOLDER))
      ? readdirSync(join(folder, RUNS_FOLDER)).filter((name) => /^\d/.test(name))
      : [];
  /** The step shown in the header. */
  const stepShown = async (): Promise<number> => {
    const facts = await dashboard.locator('.facts').innerText();
    return Number(/Step ([\d,]+) of/.exec(facts)?.[1]?.replaceAll(',', '') ?? Number.NaN);
  };
  const press = (name: string): Promise<void> =>
    dashboard.locator('header').getByRole('button', { name, exact: true }).click();
  const picture = (): Promise<unknown> =>
    dashboard.evaluate("document.querySelector('.sample canvas').toDataURL()");

  it('starts from the palette, and the curves move', async () => {
    await workbench.openContainer('GAN');
    await workbench.runCommand('GAN: Start Training');
    dashboard = await workbench.webview('.chart canvas');
    await expect.poll(stepShown, { timeout: PATIENCE_MS }).toBeGreaterThan(1);
    const curves = (): Promise<unknown> =>
      dashboard.evaluate("document.querySelector('.chart canvas').toDataURL()");
    const before = await curves();
    await expect.poll(curves, { timeout: PATIENCE_MS }).not.toBe(before);
    // Results appear only after a run has ended.
    expect(await dashboard.getByRole('region', { name: 'Results' }).isVisible()).toBe(false);
  });

  it('shifts the grid with the slider', async () => {
    await expect.poll(stepShown, { timeout: PATIENCE_MS }).toBeGreaterThan(10);
    const slider = dashboard.getByRole('slider', { name: 'Sample step' });
    await slider.press('Home');
    await dashboard.locator('.sample canvas[aria-label="Generated images at step 0"]').waitFor();
    const first = await picture();
    await slider.press('ArrowRight');
    await dashboard.locator('.sample canvas[aria-label="Generated images at step 2"]').waitFor();
    await expect.poll(picture).not.toBe(first);
    // Training continues, and the selection stays.
    const step = await stepShown();
    await expect.poll(stepShown, { timeout: PATIENCE_MS }).toBeGreaterThan(step);
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Step 2');
    await slider.press('End');
    await workbench.screenshot('journey-training');
  });

  it('pauses, is there again after a reload of the window, and resumes', async () => {
    await press('Pause');
    await status().getByText('Paused').waitFor();
    const paused = await stepShown();
    await workbench.reload();
    dashboard = await workbench.webview('.chart canvas');
    // The window that trained is gone: the run has stopped with a checkpoint.
    await status().getByText('Stopped').waitFor();
    expect(await stepShown()).toBeGreaterThanOrEqual(paused);
    await press('Resume');
    await status().getByText('Training').waitFor({ timeout: PATIENCE_MS });
    await expect.poll(stepShown, { timeout: PATIENCE_MS }).toBeGreaterThan(paused);
    await press('Stop');
    await status().getByText('Stopped').waitFor({ timeout: PATIENCE_MS });
  });

  it('compares the run with a second one', async () => {
    const other = { ...EXPERIMENT, data: { ...EXPERIMENT.data, batchSize: 16 }, length: { steps: 6 } };
    writeFileSync(experiment, JSON.stringify(other));
    await row('digits').first().hover();
    await row('digits').first().getByRole('button', { name: 'Start Training' }).click();
    await expect.poll(() => runs().length, { timeout: PATIENCE_MS }).toBe(2);
    await row('00002').getByText('6/6').waitFor({ timeout: PATIENCE_MS });
    await workbench.runCommand('GAN: Compare Runs…');
    const quickPick = workbench.page.locator('.quick-input-widget');
    await quickPick.getByText('00002-digits', { exact: true }).waitFor();
    await quickPick.getByRole('checkbox').first().click();
    await workbench.page.keyboard.press('Enter');
    const comparison = await workbench.webview('.legend-table');
    await comparison.getByRole('heading', { name: '2 runs compared' }).waitFor();
    await comparison.locator('.sample-of-run canvas').nth(1).waitFor();
    await expect
      .poll(() => comparison.locator('.differences tbody th').allInnerTexts())
      .toEqual(['data.batchSize', 'length.steps']);
    await workbench.screenshot('journey-comparison');
  });

  it('deletes the second one', async () => {
    await row('00002').click({ button: 'right' });
    // A menu that has just opened ignores the mouse for a moment, in case it opened under the pointer.
    await workbench.page.locator('.monaco-menu').getByText('Delete Run').hover();
    await workbench.page.keyboard.press('Enter');
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByRole('button', { name: 'Move to Trash' }).click();
    // If there is no trash, the question is repeated.
    const forGood = question.getByRole('button', { name: 'Delete Permanently' });
    await expect
      .poll(async () => {
        if (await forGood.isVisible()) await forGood.click();
        return runs();
      })
      .toEqual(['00001-digits']);
    await row('00002').waitFor({ state: 'detached' });
    const comparison = await workbench.webview('.legend-table');
    await comparison.locator('.compared-run .failed').waitFor();
    await workbench.screenshot('journey-deleted');
  });
});
