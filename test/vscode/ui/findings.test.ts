/** Findings of the diagnostics on a run's dashboard, and the effect of applying a suggestion. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { train } from './command-line';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 420;
const CHECKPOINT_EVERY = 300;

describe('findings', () => {
  const folder = useFolder('gan-findings-');
  let dashboard: Frame;

  beforeAll(() => {
    for (const name of ['mode-collapse', 'nan-precursors'])
      cpSync(resolve(`test/provocations/${name}.gan.json`), join(folder, `${name}.gan.json`));
    train(folder, STEPS, 'mode-collapse', [`logging.checkpointEvery=${CHECKPOINT_EVERY}`]);
    train(folder, 40, 'nan-precursors', ['logging.sampleEvery=20']);
  });
  const workbench = useWorkbench({ workspaceFolder: folder }, async () => {
    await workbench.openContainer('GAN');
    await workbench.treeItems('Experiments').first().waitFor({ timeout: PATIENCE_MS });
  });

  async function open(run: string): Promise<Frame> {
    await workbench.runCommand('GAN: Open Dashboard');
    await choice(run).click();
    // The dashboard of a run that has just been started may open meanwhile and take the place of another.
    return await workbench.webview(`body:has(.run-id:has-text("${run}")):has(.findings) .chart canvas`);
  }

  /** Returns the newest finding with its details expanded. */
  async function unfold(shown: Frame): Promise<Locator> {
    const finding = shown.locator('.findings li').first();
    const isOpen = await finding.locator('details[open]').count();
    if (isOpen === 0) await finding.locator('summary').click();
    return finding;
  }

  function choice(text: string): Locator {
    return workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  }

  /** Reads `run.json` of the run whose folder begins with the number, once it exists. */
  async function recordOf(number: string): Promise<{ parent?: object; status: string }> {
    const runs = join(folder, RUNS_FOLDER);
    const file = (): string | undefined => {
      const name = readdirSync(runs).find((entry) => entry.startsWith(number));
      return name === undefined ? undefined : join(runs, name, RUN_FILES.run);
    };
    await expect.poll(() => existsSync(file() ?? ''), { timeout: PATIENCE_MS }).toBe(true);
    return JSON.parse(readFileSync(file() ?? '', 'utf8'));
  }

  it('are told with their reasons and numbers', async () => {
    dashboard = await open('00001');
    const finding = dashboard.locator('.findings li').first();
    await finding.getByText('Mode collapse').first().waitFor();
    await workbench.screenshot('findings-closed');
    await unfold(dashboard);
    await finding.getByText('The generator’s loss does not reward diversity').waitFor();
    await finding.getByText('Diversity relative to real examples', { exact: true }).waitFor();
    await workbench.screenshot('findings-open');
  });

  it('are marked on the curves, where the mouse reads them', async () => {
    const chart = dashboard.locator('.chart').first();
    await expect.poll(() => chart.locator('.mark.warning').count()).toBe(1);
    await chart.locator('.mark').hover();
    await dashboard
      .locator('.tooltip')
      .getByText(/^Step 400: Mode collapse/)
      .waitFor();
    await workbench.screenshot('findings-mark');
  });

  it('begin a new run with what they suggest, which names its parent and the difference', async () => {
    await dashboard
      .getByRole('button', { name: /^Apply: Divide the generator’s learning rate by 4/ })
      .click();
    await choice(`Step ${CHECKPOINT_EVERY}`).waitFor();
    await workbench.screenshot('findings-checkpoints');
    await choice(`Step ${CHECKPOINT_EVERY}`).click();
    expect((await recordOf('00003')).parent).toEqual({
      run: '00001-mode-collapse',
      step: CHECKPOINT_EVERY,
      changes: [{ key: 'optimiser.generatorLearningRate', before: 0.001, after: 0.00025 }],
    });
    await expect
      .poll(async () => (await recordOf('00003')).status, { timeout: PATIENCE_MS })
      .toBe('completed');
  });

  it('say when the new run had to begin anew', async () => {
    dashboard = await open('00001');
    const finding = await unfold(dashboard);
    await finding
      .getByRole('button', { name: 'Apply: Sample from a moving average of the generator’s weights' })
      .click();
    await choice(`Step ${CHECKPOINT_EVERY}`).click();
    await workbench.notification('00004-mode-collapse starts over from step 0');
    await workbench.screenshot('findings-anew');
    expect((await recordOf('00004')).parent).toMatchObject({ run: '00001-mode-collapse', step: 0 });
  });

  it.each(['light', 'narrow'] as const)('fit their theme and their width: %s', async (look) => {
    dashboard = await open('00002');
    await unfold(dashboard);
    await expectFits(workbench, folder, dashboard, 'findings', look);
  });
});
