/** Comparison of several runs: overlaid curves, what diagnostics and scores add to them, and exports. */
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONTROL_FILES, type MetricsRecord, RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { train } from './command-line';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 300;

function score(step: number, value: number, protocol: string): MetricsRecord {
  return { schemaVersion: 1, type: 'score', step, name: 'Modes covered', value, protocol };
}

const finding: MetricsRecord = {
  schemaVersion: 1,
  type: 'finding',
  step: 150,
  rule: 'mode-collapse',
  severity: 'warning',
  message: 'Two of eight modes get no samples.',
  evidence: { modesCovered: 6 },
};

describe('the comparison of runs', () => {
  const folder = useFolder('gan-comparison-');
  let comparison: Frame;

  const runNames = (): string[] => readdirSync(join(folder, RUNS_FOLDER)).filter((name) => /^\d/.test(name));
  function append(run: string, ...records: readonly MetricsRecord[]): void {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    appendFileSync(join(folder, RUNS_FOLDER, run, RUN_FILES.metrics), lines);
  }
  async function saveAs(proposed: string, path: string): Promise<void> {
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    // The previous dialog may still be closing.
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain(proposed);
    await input.fill(path);
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => existsSync(path), { timeout: PATIENCE_MS }).toBe(true);
  }
  const row = (name: string): Locator => workbench.treeItems('Experiments').filter({ hasText: name });
  const isPng = (path: string): boolean => readFileSync(path).subarray(1, 4).toString() === 'PNG';

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    train(folder, STEPS);
    train(folder, STEPS, 'toy-ring', ['logging.sampleEvery=100', 'data.batchSize=128']);
    append(
      '00001-toy-ring',
      finding,
      score(100, 5, 'grid 1k'),
      score(200, 6, 'grid 1k'),
      score(300, 8, 'grid 1k'),
    );
    append('00002-toy-ring', score(150, 4, 'grid 1k'), score(300, 7, 'grid 1k'), score(300, 7.5, 'grid 10k'));
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  it('shows findings as marks and scores in charts of their own', async () => {
    await workbench.openContainer('GAN');
    await row('00001').click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('.chart h3', { hasText: 'Modes covered' }).waitFor();
    await expect.poll(() => dashboard.locator('.protocol').allTextContents()).toContain('(grid 1k)');
    await dashboard.locator('.mark.warning').first().hover();
    await dashboard
      .getByRole('tooltip')
      .getByText(/^Step 150: .*Two of eight modes/)
      .waitFor();
    await dashboard.locator('.findings summary').click();
    await expect
      .poll(() => dashboard.locator('.finding-evidence').innerText())
      .toMatch(/^modes covered\s+6$/);
    await workbench.screenshot('dashboard-findings');
  });

  it('takes a name, tags and a note in the panel', async () => {
    const dashboard = await workbench.webview('.chart canvas');
    const pencil = dashboard.getByRole('button', { name: 'Edit name, tags and note' });
    await pencil.click();
    const form = dashboard.getByRole('form');
    // The first field has the focus: typing goes there, and Escape cancels.
    await workbench.page.keyboard.type('Nothing');
    await expect.poll(() => form.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Nothing');
    await workbench.page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await pencil.click();
    await form.getByRole('textbox', { name: 'Name' }).fill('Small batches');
    await form.getByRole('textbox', { name: 'Tags' }).fill('toy, #r1, toy');
    await form.getByRole('textbox', { name: 'Note' }).fill('Found all\neight modes.');
    await workbench.screenshot('dashboard-labels-form');
    await form.getByRole('button', { name: 'Save' }).click();
    await dashboard.getByRole('heading', { name: 'Small batches' }).waitFor();
    await expect.poll(() => dashboard.locator('.tag').allTextContents()).toEqual(['toy', 'r1']);
    const file = join(folder, RUNS_FOLDER, '00001-toy-ring', RUN_FILES.control, CONTROL_FILES.labels);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      schemaVersion: 1,
      name: 'Small batches',
      tags: ['toy', 'r1'],
      note: 'Found all\neight modes.',
    });
    await row('Small batches').waitFor();
  });

  it('moves the curves by mouse and by key', async () => {
    const dashboard = await workbench.webview('.chart canvas');
    const chart = dashboard.locator('.chart').first();
    const plot = chart.locator('.u-over');
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The plot is not shown.');
    const stepAtMiddle = async (): Promise<number> => {
      await plot.hover({ position: { x: box.width / 2 + 2, y: 80 } });
      await plot.hover({ position: { x: box.width / 2, y: 80 } });
      return Number((await chart.locator('.position').innerText()).replace(/\D/g, ''));
    };
    await chart.locator('.plot').focus();
    await workbench.page.keyboard.press('+');
    const before = await stepAtMiddle();
    const { mouse, keyboard } = workbench.page;
    await keyboard.down('Shift');
    await plot.hover({ position: { x: box.width * 0.75, y: 80 } });
    await mouse.down();
    await plot.hover({ position: { x: box.width * 0.25, y: 80 } });
    await mouse.up();
    await keyboard.up('Shift');
    // Pans by half of the visible range, which is half of the run.
    await expect.poll(stepAtMiddle).toBeGreaterThan(before + 50);
    const moved = await stepAtMiddle();
    await chart.locator('.plot').focus();
    await keyboard.press('Shift+ArrowLeft');
    await expect.poll(stepAtMiddle).toBeLessThan(moved - 20);
    await keyboard.press('0');
  });

  it('exports every value, the charts and the sample', async () => {
    const dashboard = await workbench.webview('.chart canvas');
    const csv = join(folder, 'values.csv');
    await dashboard.getByRole('button', { name: 'Export all values as CSV' }).click();
    await saveAs('curves.csv', csv);
    await expect.poll(() => readFileSync(csv, 'utf8').split('\r\n').length).toBe(STEPS + 2);
    expect(readFileSync(csv, 'utf8')).toMatch(/^step,images,seconds,discriminatorLoss,.*r1Penalty\r\n1,/);
    const charts = join(folder, 'charts.png');
    await dashboard.getByRole('button', { name: 'Save the charts as an image' }).click();
    await saveAs('curves.png', charts);
    const sample = join(folder, 'sample.png');
    await dashboard.getByRole('button', { name: 'Save Samples as PNG…' }).click();
    await saveAs('samples-step-300.png', sample);
    expect([charts, sample].map(isPng)).toEqual([true, true]);
    mkdirSync('test-results', { recursive: true });
    cpSync(charts, 'test-results/export-charts.png');
    cpSync(sample, 'test-results/export-sample.png');
  });

  it('is opened for the runs that are selected in the tree', async () => {
    await row('Small batches').click();
    await row('00002').click({ modifiers: ['ControlOrMeta'] });
    await row('00002').click({ button: 'right' });
    // A menu that has just opened ignores the mouse for a moment, in case it opened under the pointer.
    await workbench.page.locator('.monaco-menu').getByText('Compare Selected').hover();
    await workbench.page.keyboard.press('Enter');
    comparison = await workbench.webview('.legend-table');
    await comparison.getByRole('heading', { name: '2 runs compared' }).waitFor();
    // The data of the runs arrives piece by piece.
    await expect
      .poll(() => comparison.locator('.chart h3').allTextContents())
      .toEqual([
        'Loss',
        'Discriminator output',
        'Gradient norm',
        'Throughput',
        'Sample diversity',
        'Modes covered',
        'Modes covered',
        'R1 penalty',
      ]);
    // Scores of one protocol share a chart; another protocol has its own.
    const protocols = await comparison.locator('.protocol').allTextContents();
    expect(protocols.sort()).toEqual(['(grid 10k)', '(grid 1k)', '(relative to real points)']);
    const legend = comparison.locator('.legend-table').first();
    await legend.getByText('00002, batchSize 128').waitFor();
    await expect
      .poll(() => legend.locator('.legend-run').allInnerTexts())
      .toEqual(['Small batches', '00002, batchSize 128']);
    await expect.poll(() => legend.locator('.value').count()).toBe(4);
    for (const value of await legend.locator('.value').allInnerTexts())
      expect(Number(value)).toBeGreaterThan(0);
    // Differences come first, and among them those that affect training.
    await expect.poll(() => comparison.locator('.page > *').nth(1).getAttribute('class')).toBe('differences');
    await expect
      .poll(() => comparison.locator('.differences tbody th').allInnerTexts())
      .toEqual(['data.batchSize', 'logging.sampleEvery', 'logging.checkpointEvery']);
    await comparison.locator('.sample-of-run canvas').nth(1).waitFor();
    await workbench.screenshot('comparison-dark');
  });

  it('moves the samples of all runs with one slider', async () => {
    const slider = comparison.getByRole('slider', { name: 'Sample step' });
    await slider.press('Home');
    const captions = comparison.locator('.sample-caption .note');
    await expect.poll(() => captions.allInnerTexts()).toEqual(['', '']);
    // Steps past the early samples at 10, 25, 50 and 100 to 150, where only the first run has a sample.
    for (let presses = 0; presses < 5; presses++) await slider.press('ArrowRight');
    await expect.poll(() => captions.allInnerTexts()).toEqual(['', 'Step 100']);
    await slider.press('End');
    await expect.poll(() => captions.allInnerTexts()).toEqual(['', '']);
  });

  it('is there again after a reload of the window', async () => {
    await workbench.reload();
    comparison = await workbench.webview('.legend-table');
    await comparison.getByRole('heading', { name: '2 runs compared' }).waitFor();
    await comparison.locator('.sample-of-run canvas').nth(1).waitFor();
  });

  it.each(['light', 'high-contrast', 'wide', 'narrow'] as const)(
    'fits its theme and its width: %s',
    async (look) => {
      await expectFits(workbench, folder, comparison, 'comparison', look);
    },
  );

  it('asks for runs where none are selected, and opens the dashboard of one', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    train(folder, 20);
    expect(runNames()).toHaveLength(3);
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Compare Runs…');
    const quickPick = workbench.page.locator('.quick-input-widget');
    await quickPick.getByText('00003-toy-ring', { exact: true }).waitFor();
    await expect.poll(() => quickPick.innerText()).toContain('toy-ring · step 20 of 20');
    expect(await quickPick.innerText()).not.toContain(folder);
    await workbench.screenshot('compare-runs-picker');
    await quickPick.getByRole('checkbox').first().click();
    await workbench.page.keyboard.press('Enter');
    comparison = await workbench.webview('.legend-table');
    await comparison.getByRole('heading', { name: '3 runs compared' }).waitFor();
    await comparison.locator('.compared-runs').getByRole('button', { name: 'Small batches' }).click();
    const dashboard = await workbench.webview('.facts');
    await dashboard.getByRole('heading', { name: 'Small batches' }).waitFor();
  });

  it('draws runs that differ by the seed alone as their mean with a band, or each for itself', async () => {
    const scored = ['data.batchSize=32', 'evaluation={"every":50,"samples":100,"budgetShare":1}'];
    for (const seed of [1, 2, 3]) train(folder, 150, 'toy-ring', [...scored, `seed=${seed}`]);
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Compare Runs…');
    const quickPick = workbench.page.locator('.quick-input-widget');
    for (const run of ['00002', '00004', '00005', '00006'])
      await quickPick
        .locator('.monaco-list-row', { hasText: `${run}-toy-ring` })
        .getByRole('checkbox')
        .click();
    await quickPick.getByRole('button', { name: 'OK' }).click();
    comparison = await workbench.webview('.legend-table');
    const legend = comparison.locator('.legend-table').first();
    const names = (): Promise<string[]> => legend.locator('.legend-run').allInnerTexts();
    await expect.poll(names).toEqual(['toy-ring, batchSize 32 (3 seeds)', '00002, batchSize 128']);
    await comparison.getByText('the band is ± one standard deviation').waitFor();
    // Held-out points are drawn by the seed: the scores of all share a chart nevertheless.
    await expect
      .poll(async () =>
        (await comparison.locator('.chart h3').allInnerTexts()).filter((text) => text === 'FID'),
      )
      .toHaveLength(1);
    await comparison.locator('.sample-of-run canvas').nth(3).waitFor();
    for (const look of ['narrow', 'light', 'dark'] as const)
      await expectFits(workbench, folder, comparison, 'comparison-seeds', look);
    await comparison.getByText('Average over seeds').click();
    await expect.poll(async () => (await names()).length).toBe(4);
    await comparison.getByText('Average over seeds').click();
    await expect.poll(async () => (await names()).length).toBe(2);
  });
});
