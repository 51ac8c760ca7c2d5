/**
 * *Evaluate Run…* through the user interface: scores a run without scores, and checks that the editor shows the result.
 */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CONTROL_FILES,
  RUN_FILES,
  RUNS_FOLDER,
  type ScoreRecord,
  type StoredEvaluation,
} from '../../../src/shared/run-format';
import { train } from './command-line';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 40;
const RUN = '00001-toy-ring';
const SAMPLES = 1000;

describe('scoring a run', () => {
  const folder = useFolder('gan-evaluation-');
  const scoresFolder = join(folder, RUNS_FOLDER, RUN, RUN_FILES.control, CONTROL_FILES.scores);

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    train(folder, STEPS);
  });
  const workbench = useWorkbench({ workspaceFolder: folder }, async () => {
    await workbench.openContainer('GAN');
    await row().waitFor({ timeout: PATIENCE_MS });
  });

  const row = (): Locator => workbench.treeItems('Experiments').filter({ hasText: RUN });

  /** Reads the FID that the scoring process stored with the run; throws if there is none. */
  function storedFid(): ScoreRecord {
    const fid = readdirSync(scoresFolder)
      .flatMap((name) => {
        const { records }: StoredEvaluation = JSON.parse(readFileSync(join(scoresFolder, name), 'utf8'));
        return records;
      })
      .find(({ name }) => name === 'fid');
    if (fid === undefined) throw new Error(`There is no FID in ${scoresFolder}.`);
    return fid;
  }

  it('asks how many samples to take, and tells the scores when they are there', async () => {
    expect(await row().innerText()).not.toContain('FID');
    // The only run is chosen without asking.
    await workbench.runCommand('GAN: Evaluate Run…');
    const choice = workbench.page
      .locator('.quick-input-widget')
      .getByText(`${SAMPLES.toLocaleString('en')} samples`, { exact: true });
    await choice.waitFor();
    await workbench.screenshot('evaluation-samples');
    await choice.click();
    const toast = await workbench.notification(`${RUN}, step ${STEPS}: FID`);
    const text = await toast.innerText();
    await workbench.screenshot('evaluation-told');
    // Before the toast disappears by itself.
    await toast.getByText('Open Dashboard').click();
    const fid = storedFid();
    expect(fid).toMatchObject({ step: STEPS, protocol: expect.stringContaining(`${SAMPLES} samples`) });
    expect(text).toContain(`FID ${Number(fid.value.toPrecision(4))}`);
  });

  it('shows them on the dashboard and in the tree', async () => {
    const dashboard = await workbench.webview('.chart canvas');
    const chart = dashboard.locator('.chart', { has: dashboard.locator('h3', { hasText: /^FID$/ }) });
    await chart.waitFor({ timeout: PATIENCE_MS });
    await expect.poll(() => chart.locator('.protocol').innerText()).toContain('1,000 samples');
    await row()
      .filter({ hasText: `FID ${Number(storedFid().value.toPrecision(3))}` })
      .waitFor({ timeout: PATIENCE_MS });
    await workbench.screenshot('evaluation-shown');
  });
});
