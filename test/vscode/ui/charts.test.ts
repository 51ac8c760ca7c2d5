/** Layout of dashboard and comparison at four widths, and interaction with charts. */
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MetricsRecord, RUN_FILES, RUNS_FOLDER, type StepRecord } from '../../../src/shared/run-format';
import { train } from './command-line';
import { expectNoLayoutFaults } from './geometry';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const TOY = '00001-toy-ring';
const PAIRS = '00002-shapes-segmentation';
const DIGITS = '00003-digits-dcgan';
/** Enough for the last label of the x axis to be `1,000`. */
const TOY_STEPS = 1000;
const WIDTHS = [1900, 1280, 720, 480];
const SPIKE = 1e4;

function score(name: string, step: number, value: number): MetricsRecord {
  return {
    schemaVersion: 1,
    type: 'score',
    step,
    name,
    value,
    protocol: '1000 samples against 1000 held-out examples of data 9739e88d by classifier 312310d0',
    details: { samples: 1000, features: 'a classifier of the data’s 10 classes' },
  };
}

function finding(step: number): MetricsRecord {
  return {
    schemaVersion: 1,
    type: 'finding',
    step,
    rule: 'mode-collapse',
    severity: 'warning',
    message: 'Samples have become alike: their distance is 40% of that of real images.',
    evidence: { modesCovered: 6 },
  };
}

describe('the layout of charts and samples', () => {
  const folder = useFolder('gan-charts-');
  const metricsOf = (run: string): string => join(folder, RUNS_FOLDER, run, RUN_FILES.metrics);
  let dashboard: Frame;

  const chart = (title: string): Locator =>
    dashboard.locator('.chart').filter({ has: dashboard.locator('h3', { hasText: title }) });

  async function openDashboard(run: string): Promise<void> {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Open Dashboard');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: run }).click();
    dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('.run-id', { hasText: run }).waitFor();
    await dashboard.locator('.sample canvas').waitFor();
  }

  async function atEveryWidth(name: string): Promise<void> {
    for (const width of WIDTHS) {
      await workbench.page.setViewportSize({ width, height: 1000 });
      await expectNoLayoutFaults(dashboard, `${name} at ${width} px`);
      await workbench.screenshot(`layout-${name}-${width}`);
    }
  }

  beforeAll(() => {
    for (const name of ['toy-ring', 'shapes-segmentation', 'digits-dcgan'])
      cpSync(resolve(`examples/${name}.gan.json`), join(folder, `${name}.gan.json`));
    train(folder, TOY_STEPS, 'toy-ring', ['logging.sampleEvery=100', 'logging.checkpointEvery=1000']);
    train(folder, 2, 'shapes-segmentation', ['data.batchSize=2', 'logging.sampleEvery=1']);
    train(folder, 3, 'digits-dcgan', ['data.batchSize=8', 'logging.sampleEvery=1']);
    const records = ['fid', 'kid', 'classAccuracy'].flatMap((name) =>
      [1, 2, 3].map((step) => score(name, step, 1 / step)),
    );
    const lines = [...records, finding(1), finding(3)].map((record) => `${JSON.stringify(record)}\n`);
    appendFileSync(metricsOf(DIGITS), lines.join(''));
    writeFileSync(metricsOf(TOY), withSpike(readFileSync(metricsOf(TOY), 'utf8')));
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  it.each([
    ['scores', DIGITS],
    ['pairs', PAIRS],
    ['points', TOY],
  ])('has nothing that overlaps or is cut at any width: %s', async (name, run) => {
    await openDashboard(run);
    if (run === DIGITS) await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await atEveryWidth(name);
  });

  it('gives samples two fifths to a half of a wide window, and keeps them in sight', async () => {
    await openDashboard(DIGITS);
    await workbench.page.setViewportSize({ width: 1900, height: 700 });
    const share = 'document.querySelector(".samples").offsetWidth / document.documentElement.clientWidth';
    await expect.poll(() => dashboard.evaluate(share)).toBeGreaterThan(0.4);
    expect(await dashboard.evaluate(share)).toBeLessThan(0.5);
    const gap =
      'document.querySelector(".samples").getBoundingClientRect().top - document.querySelector("header").offsetHeight';
    await dashboard.evaluate('document.scrollingElement.scrollTo(0, 250)');
    await expect.poll(() => dashboard.evaluate('document.scrollingElement.scrollTop')).toBe(250);
    await expect.poll(() => dashboard.evaluate(gap)).toBe(12);
    await workbench.screenshot('layout-scrolled');
  });

  it('shows samples first where there is one column', async () => {
    await workbench.page.setViewportSize({ width: 480, height: 900 });
    const distance =
      'document.querySelector(".curves").getBoundingClientRect().top - document.querySelector(".samples").getBoundingClientRect().bottom';
    await expect.poll(() => dashboard.evaluate(distance)).toBeGreaterThan(0);
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
    await openDashboard(TOY);
  });

  it('says where values lie outside the range, and shows all on request', async () => {
    const marks = chart('Loss').locator('.beyond');
    await marks.first().waitFor();
    await workbench.screenshot('charts-outliers');
    const said: string[] = [];
    for (const mark of await marks.all()) {
      // Marks may overlap.
      await mark.dispatchEvent('mouseenter');
      said.push(await dashboard.getByRole('tooltip').innerText());
    }
    expect(said).toContain('Outside the range: 10,000. “All values” shows it.');
    await marks.first().dispatchEvent('mouseleave');
    await dashboard.getByText('All values', { exact: true }).click();
    await expect.poll(() => marks.count()).toBe(0);
    await dashboard.getByText('All values', { exact: true }).click();
    await expect.poll(() => marks.count()).toBeGreaterThan(0);
  });

  it('reads smoothed and raw values, and shows the samples of the step that is clicked', async () => {
    const plot = chart('Loss').locator('.u-over');
    const box = await plot.boundingBox();
    if (box === null) throw new Error('The plot is not shown.');
    await plot.hover({ position: { x: box.width / 2 + 3, y: 80 } });
    await plot.hover({ position: { x: box.width / 2, y: 80 } });
    const card = dashboard.locator('.cursor-card');
    await expect
      .poll(() => card.innerText())
      .toMatch(/^Step \d+\s+Smoothed\s+Raw\s+Discriminator\s+[\d.]+\s+[\d.]+/);
    await workbench.screenshot('charts-cursor');
    await plot.click({ position: { x: box.width / 2, y: 80 } });
    const slider = dashboard.getByRole('slider', { name: 'Sample step' });
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Step 500');
    // A double-click shows the whole run and leaves the samples unchanged.
    await plot.dblclick({ position: { x: box.width * 0.9, y: 80 } });
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Step 500');
    await workbench.page.mouse.move(0, 0);
  });

  it('hides and shows a line by its entry in the legend, with the keyboard too', async () => {
    const entry = chart('Loss').getByRole('button', { name: /^Generator/ });
    await expect.poll(() => entry.getAttribute('aria-pressed')).toBe('true');
    await entry.press('Enter');
    await expect.poll(() => entry.getAttribute('aria-pressed')).toBe('false');
    await workbench.screenshot('charts-hidden-line');
    await entry.click();
    await expect.poll(() => entry.getAttribute('aria-pressed')).toBe('true');
  });

  it('says what a chart shows, to the mouse and to the keyboard', async () => {
    const about = chart('Discriminator output').getByRole('button', { name: 'About Discriminator output' });
    const text = dashboard.getByRole('tooltip').getByText('Healthy: both move towards 0.5');
    await about.focus();
    await text.waitFor();
    await about.press('Escape');
    await text.waitFor({ state: 'hidden' });
    await about.hover();
    await text.waitFor();
    await workbench.page.mouse.move(0, 0);
    await text.waitFor({ state: 'hidden' });
  });

  it('enlarges a chart to the page, and puts it back', async () => {
    await chart('Loss').getByRole('button', { name: 'Maximize Loss' }).click();
    const dialog = dashboard.getByRole('dialog', { name: 'Loss' });
    await dialog.locator('canvas').waitFor();
    const part = 'document.querySelector("dialog canvas").offsetHeight / innerHeight';
    await expect.poll(() => dashboard.evaluate(part)).toBeGreaterThan(0.7);
    await workbench.screenshot('charts-enlarged');
    await workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const first = dashboard.locator('.charts > .chart h3').first();
    await expect.poll(() => first.innerText()).toBe('Loss');
  });

  it('closes the list of x axes when the focus goes on', async () => {
    const list = dashboard.locator('.x-axis').getByRole('option', { name: 'Examples', exact: true }).last();
    await dashboard.locator('.x-axis').click();
    await list.waitFor();
    await workbench.page.keyboard.press('Tab');
    await list.waitFor({ state: 'hidden' });
  });

  it('has nothing that overlaps or is cut in a comparison', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Compare Runs');
    const quickPick = workbench.page.locator('.quick-input-widget');
    await quickPick.getByText(TOY, { exact: true }).waitFor({ timeout: PATIENCE_MS });
    await quickPick.getByRole('checkbox').first().click();
    await workbench.page.keyboard.press('Enter');
    dashboard = await workbench.webview('.legend-table');
    await dashboard.locator('.sample-of-run canvas').nth(2).waitFor();
    await atEveryWidth('comparison');
    // The window is narrow now: keys of settings must not wrap, and samples of one row must stay aligned.
    const lines = `[...document.querySelectorAll('.differences tbody th')].map((head) => {
      const range = document.createRange();
      range.selectNodeContents(head);
      return range.getClientRects().length;
    })`;
    expect(new Set(await dashboard.evaluate<number[]>(lines))).toEqual(new Set([1]));
    const tops = `[...document.querySelectorAll('.sample-of-run .sample')]
      .slice(0, 2).map((sample) => Math.round(sample.getBoundingClientRect().top))`;
    expect(new Set(await dashboard.evaluate<number[]>(tops)).size).toBe(1);
  });

  it('shows the differences of two runs side by side in a narrow window', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Compare Runs');
    const quickPick = workbench.page.locator('.quick-input-widget');
    const toy = quickPick.locator('.monaco-list-row', { hasText: TOY });
    await toy.waitFor({ timeout: PATIENCE_MS });
    // The run that was shown last may be checked already.
    await quickPick.getByRole('checkbox').first().click();
    await toy.getByRole('checkbox').click();
    await quickPick.getByRole('button', { name: 'OK' }).click();
    dashboard = await workbench.webview('.differences table');
    await workbench.page.setViewportSize({ width: 480, height: 900 });
    const hidden = `((frame) => frame.scrollWidth - frame.clientWidth)(
      document.querySelector('.differences .table-frame'),
    )`;
    await expect.poll(() => dashboard.evaluate(hidden)).toBe(0);
    await workbench.screenshot('comparison-two-480');
  });
});

/** Returns the lines of a `metrics.jsonl` with an enormous loss at one step. */
function withSpike(lines: string): string {
  return lines
    .split('\n')
    .map((line) => {
      const record: MetricsRecord | undefined = line === '' ? undefined : JSON.parse(line);
      if (record?.type !== 'step' || record.step !== 700) return line;
      const spiked: StepRecord = { ...record, discriminatorLoss: SPIKE };
      return JSON.stringify(spiked);
    })
    .join('\n');
}
