/** The page of a sweep: what is chosen is shared by its views, it follows a sweep that runs, and it starts experiments. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUNS_FOLDER } from '../../../src/shared/run-format';
import { SWEEP_FILES, SWEEPS_FOLDER } from '../../../src/shared/sweep-files';
import { expectNoLayoutFaults } from './geometry';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 60;
const PARAMETERS = { 'optimiser.generatorLearningRate': [0.0005, 0.002, 0.008], 'latent.size': [2, 8] };
const RATE = 'optimiser.generatorLearningRate';

const sweep = {
  experiment: 'toy-ring.gan.json',
  set: {
    'length.steps': STEPS,
    evaluation: { every: 20, samples: 200, metrics: ['slicedWasserstein'], budgetShare: 1 },
    'logging.sampleEvery': 20,
    'engine.threads': 1,
  },
  parameters: PARAMETERS,
  search: 'grid',
  seeds: 1,
  objective: 'slicedWasserstein',
  pruning: 'none',
  // The last of the six trials never begins.
  budget: { steps: 4 * STEPS + 1 },
};

describe('the page of a sweep', () => {
  const folder = useFolder('gan-sweep-');
  const runs = join(folder, RUNS_FOLDER);
  const trialsFolder = join(runs, SWEEPS_FOLDER, '00001-ring', SWEEP_FILES.trials);
  let page: Frame;

  const rows = (): Locator => page.locator('tr.trial:visible');
  const trials = async (): Promise<number[]> => (await rows().locator('th').allTextContents()).map(Number);
  const end = (name: string): Locator => page.getByRole('slider', { name });
  const titles = (): Promise<string[]> => page.locator('.axis-title').allTextContents();

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    writeFileSync(join(folder, 'ring.gan-sweep.json'), JSON.stringify(sweep, undefined, 2));
    execFileSync(process.execPath, [resolve('dist/gan.cjs'), 'sweep', 'ring.gan-sweep.json'], {
      cwd: folder,
      stdio: 'pipe',
    });
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  it('opens by its file and shows every trial that has begun', async () => {
    await workbench.page.getByRole('treeitem', { name: 'ring.gan-sweep.json' }).dblclick();
    await workbench.page.locator('.codelens-decoration').getByText('Open Sweep').click();
    page = await workbench.webview('.parallel');
    await page.getByRole('heading', { name: 'ring', exact: true }).waitFor();
    await page.getByText('5 of 6 trials').waitFor();
    await page.getByText('Budget spent').waitFor();
    expect(await page.locator('vscode-toolbar-button[label$=" Sweep"]:visible').count()).toBe(0);
    expect((await trials()).sort()).toEqual([1, 2, 3, 4, 5]);
    const values = (await page.locator('tr.trial .objective').allTextContents()).map(Number);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    await expect.poll(() => page.locator('.sample img').count()).toBe(5);
    await page.getByText('importance would be mostly chance').waitFor();
  });

  it('filters all views by a part of an axis, chosen with the keyboard', async () => {
    await end(`${RATE}, upper end`).press('ArrowDown');
    await page.getByText('4 of 5 trials').waitFor();
    expect((await trials()).sort()).toEqual([1, 2, 3, 4]);
    expect(await page.locator('.sample').count()).toBe(4);
    expect(await page.locator('.point.left-out').count()).toBe(2);
    await end('latent.size, lower end').press('ArrowUp');
    await page.getByText('2 of 5 trials').waitFor();
    expect((await trials()).sort()).toEqual([2, 4]);
    await page.getByRole('button', { name: 'Clear Filter' }).click();
    await expect.poll(async () => (await trials()).length).toBe(5);
  });

  it('does so by dragging along the axis, too, and a click there ends it', async () => {
    const target = page.locator(`[data-axis="${RATE}"] .brush-target`);
    const place = await target.boundingBox();
    if (place === null) throw new Error('The axis is not shown.');
    const x = place.x + place.width / 2;
    const { mouse } = workbench.page;
    await mouse.move(x, place.y + place.height - 4);
    await mouse.down();
    await mouse.move(x, place.y + 0.8 * place.height, { steps: 3 });
    await mouse.up();
    await page.getByText('2 of 5 trials').waitFor();
    expect((await trials()).sort()).toEqual([1, 2]);
    await workbench.screenshot('sweep-brushed');
    await mouse.click(x, place.y + 0.85 * place.height);
    await expect.poll(async () => (await trials()).length).toBe(5);
  });

  it('points at the same trial in every view', async () => {
    const row = rows().filter({ has: page.getByRole('button', { name: 'Trial 3', exact: true }) });
    await row.hover();
    await page.locator('.sample.pointed[data-trial="3"]').waitFor();
    expect(await page.locator('.ring.shown').count()).toBe(2);
    await page.locator('.sample[data-trial="1"]').hover();
    await page.locator('tr.trial.pointed', { has: page.getByRole('button', { name: 'Trial 1' }) }).waitFor();
  });

  it('moves an axis, with the keyboard and with the mouse', async () => {
    expect(await titles()).toEqual([RATE, 'latent.size', 'SWD ↓']);
    await page.locator('.axis-title', { hasText: 'latent.size' }).press('ArrowLeft');
    await expect.poll(titles).toEqual(['latent.size', RATE, 'SWD ↓']);
    const [from, to] = await Promise.all(
      [0, 1].map((index) => page.locator('.axis-title').nth(index).boundingBox()),
    );
    if (from === null || to === null || from === undefined || to === undefined) throw new Error('No axes.');
    const { mouse } = workbench.page;
    await mouse.move(from.x + 10, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 });
    await mouse.up();
    await expect.poll(titles).toEqual([RATE, 'latent.size', 'SWD ↓']);
  });

  it('compares trials at a step', async () => {
    await page.getByRole('combobox', { name: 'Compare trials' }).selectOption('20');
    const curve: { readonly scores: readonly { readonly value: number }[] } = JSON.parse(
      readFileSync(join(trialsFolder, '0001', SWEEP_FILES.state), 'utf8'),
    );
    const cell = rows()
      .filter({ has: page.getByRole('button', { name: 'Trial 1', exact: true }) })
      .locator('.objective');
    await expect
      .poll(async () => Number(await cell.textContent()))
      .toBe(Number(curve.scores[0]?.value.toPrecision(4)));
    await page.getByRole('combobox', { name: 'Compare trials' }).selectOption('end');
  });

  it('writes the experiment of a trial as a new file, and never over another', async () => {
    const start = (): Locator =>
      rows()
        .filter({ has: page.getByRole('button', { name: 'Trial 4', exact: true }) })
        .getByRole('button', { name: 'Start from This Configuration' });
    const made = join(folder, 'toy-ring-trial-4.gan.json');
    await start().click();
    await expect.poll(() => existsSync(made), { timeout: PATIENCE_MS }).toBe(true);
    await workbench.page.getByRole('tab', { name: /toy-ring-trial-4/ }).waitFor();
    const text = readFileSync(made, 'utf8');
    expect(text).toContain('// Eight Gaussians on a ring');
    expect(text).toMatch(/"generatorLearningRate": 0.002/);
    expect(text).toMatch(/"size": 8/);
    expect(text).toMatch(new RegExp(`"steps": ${STEPS}`));
    await workbench.page.getByRole('tab', { name: /00001-ring – Sweep/ }).click();
    page = await workbench.webview('.parallel');
    await start().click();
    await expect
      .poll(() => existsSync(join(folder, 'toy-ring-trial-4-2.gan.json')), { timeout: PATIENCE_MS })
      .toBe(true);
    expect(readFileSync(made, 'utf8')).toBe(text);
    // Opened later, it would cover the page.
    await workbench.page.getByRole('tab', { name: /toy-ring-trial-4-2/ }).waitFor();
    await workbench.page.getByRole('tab', { name: /00001-ring – Sweep/ }).click();
    page = await workbench.webview('.parallel');
  });

  it('shows a trial that another process trains', async () => {
    const own = join(trialsFolder, '0006');
    mkdirSync(own);
    const values = { [RATE]: 0.008, 'latent.size': 8 };
    const trial = { schemaVersion: 1, trial: 6, point: [1, 1], values };
    const state = {
      schemaVersion: 1,
      status: 'failed',
      attempts: 1,
      reached: 0,
      runs: [],
      scores: [],
      reason: 'The loss became NaN at step 7.',
    };
    writeFileSync(join(own, SWEEP_FILES.trial), JSON.stringify(trial));
    writeFileSync(join(own, SWEEP_FILES.state), JSON.stringify(state));
    await page.getByText('6 of 6 trials').waitFor();
    const row = rows().filter({ has: page.getByRole('button', { name: 'Trial 6', exact: true }) });
    await row.getByText('Failed').waitFor();
    expect(await row.locator('.trial-status').getAttribute('title')).toBe('The loss became NaN at step 7.');
    await page.locator('.legend').getByText('Failed').waitFor();
  });

  it('keeps what was chosen across a reload', async () => {
    await end('latent.size, upper end').press('ArrowDown');
    await page.getByText('3 of 6 trials').waitFor();
    await workbench.reload();
    page = await workbench.webview('.parallel');
    await page.getByText('3 of 6 trials').waitFor();
    await page.getByRole('button', { name: 'Clear Filter' }).click();
  });

  it('fits every window and theme', async () => {
    for (const look of [
      'wide',
      'slim',
      'slim-light',
      'light',
      'high-contrast',
      'high-contrast-light',
      'dark',
    ] as const) {
      await expectFits(workbench, folder, page, 'sweep', look);
      await expectNoLayoutFaults(page, `sweep ${look}`);
    }
  });

  it('opens the run of a trial', async () => {
    await page.getByRole('button', { name: 'Trial 2', exact: true }).click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText(`Step ${STEPS} of ${STEPS}`).waitFor();
    await workbench.page.getByRole('tab', { name: /00002-toy-ring/ }).waitFor();
  });

  it('is offered when a sweep starts, and lists the sweeps there are', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Start Sweep');
    const items = workbench.page.locator('.quick-input-widget .monaco-list-row .label-name');
    await items.getByText('ring.gan-sweep.json').waitFor();
    await workbench.page.keyboard.press('Enter');
    const offer = await workbench.notification('The sweep has started.');
    await offer.getByRole('button', { name: 'Open Sweep' }).click();
    page = await workbench.webview('.parallel');
    await page.getByText('5 of 6 trials').waitFor();
    await workbench.runCommand('GAN: Open Sweep');
    await expect
      .poll(async () => (await items.allTextContents()).filter((text) => /^\d+-/.test(text)))
      .toEqual(['00002-ring', '00001-ring']);
    await workbench.page.keyboard.press('Escape');
  });
});

describe('a workspace without a sweep', () => {
  const folder = useFolder('gan-no-sweep-');
  cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
  const workbench = useWorkbench({ workspaceFolder: folder });

  it('gets a sweep file that can be started', async () => {
    await workbench.runCommand('GAN: Open Sweep');
    const offer = await workbench.notification('No sweep has been started yet.');
    await offer.getByRole('button', { name: 'Write Sweep File' }).click();
    await workbench.page.getByRole('tab', { name: 'toy-ring.gan-sweep.json' }).waitFor();
    await workbench.page.locator('.codelens-decoration').getByText('Start Sweep').waitFor();
    await workbench.screenshot('sweep-file-written');
    const listed = execFileSync(
      process.execPath,
      [resolve('dist/gan.cjs'), 'sweep', 'toy-ring.gan-sweep.json', '--dry-run'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(listed.trim().split('\n')).toHaveLength(16);
  });
});
