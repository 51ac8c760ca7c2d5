/** The dashboard of a real run, during training and after its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES, RUNS_FOLDER, stepFileName } from '../../../src/shared/run-format';
import { train, trainArguments } from './command-line';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 300;

describe('the dashboard', () => {
  const folder = useFolder('gan-dashboard-');
  let dashboard: Frame;
  const violations: string[] = [];

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    train(folder, STEPS);
  });
  const workbench = useWorkbench({ workspaceFolder: folder }, () => {
    workbench.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
  });

  it('opens for the only run there is', async () => {
    await workbench.runCommand('GAN: Open Dashboard');
    dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText(`Step ${STEPS} of ${STEPS}`).waitFor();
    await expect.poll(() => dashboard.locator('.status').textContent()).toBe('Completed');
    const results = dashboard.getByRole('region', { name: 'Results' });
    await expect
      .poll(() => results.getByRole('button').allTextContents())
      .toEqual(['Train Longer…', 'Evaluate…', 'Compare…', 'Export Samples…', 'Export…']);
    await results.getByText('Average speed').waitFor();
    await expect
      .poll(() => dashboard.locator('.chart h3').allTextContents())
      .toEqual([
        'Loss',
        'Discriminator output',
        'Gradient norm',
        'Throughput',
        'Sample diversity',
        'R1 penalty',
      ]);
    await dashboard.locator('.sample canvas').waitFor();
    await workbench.screenshot('dashboard-dark');
  });

  it('shows the sample of the step that the slider is moved to', async () => {
    const slider = dashboard.getByRole('slider', { name: 'Sample step' });
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(`Step ${STEPS}`);
    const picture = (): Promise<unknown> =>
      dashboard.evaluate("document.querySelector('.sample canvas').toDataURL()");
    const last = await picture();
    await slider.press('Home');
    await dashboard.locator('canvas[aria-label="Real and generated points at step 0"]').first().waitFor();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Step 0');
    await expect.poll(picture).not.toBe(last);
    await dashboard.getByRole('button', { name: 'Next samples' }).first().click();
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('Step 10');
    await dashboard.getByRole('button', { name: 'Enlarge' }).click();
    const enlarged = dashboard.getByRole('dialog', { name: 'Enlarged samples' });
    await enlarged.locator('canvas').waitFor();
    await workbench.page.keyboard.press('ArrowRight');
    await enlarged.locator('canvas[aria-label="Real and generated points at step 25"]').waitFor();
    await workbench.screenshot('dashboard-enlarged');
    await workbench.page.keyboard.press('Escape');
    await expect.poll(() => enlarged.isVisible()).toBe(false);
  });

  it('reads values under the cursor, zooms, and offers a table', async () => {
    const chart = dashboard.locator('.chart').first();
    const plot = chart.locator('.u-over');
    const ticks = (): Promise<string> => chart.locator('.position').innerText();
    await plot.hover({ position: { x: 40, y: 60 } });
    await expect.poll(ticks).toMatch(/^Step \d+$/);
    await workbench.screenshot('dashboard-hover');
    await chart.locator('.plot').focus();
    await workbench.page.keyboard.press('ArrowLeft');
    await chart
      .locator('[aria-live]', { hasText: /^Step \d+, Discriminator [\d.]+ \(raw [\d.]+\), / })
      .waitFor({ state: 'attached' });
    await workbench.page.keyboard.press('+');
    await dashboard.getByRole('switch', { name: 'Show the values as a table' }).click();
    // Zooms into the middle half of the run, with one more record at its end, once the host has sent that part.
    const firstRow = dashboard.locator('.table-frame tbody tr').first();
    await firstRow.locator('th', { hasText: /^226$/ }).waitFor();
    await workbench.screenshot('dashboard-table');
    await dashboard.locator('.table-frame').first().press('0');
    await dashboard.locator('.table-frame').first().locator('tbody tr th', { hasText: /^300$/ }).waitFor();
    await dashboard.getByRole('button', { name: 'Show the whole run' }).click();
    await dashboard.locator('.table-frame').first().locator('tbody tr th', { hasText: /^300$/ }).waitFor();
    await dashboard.getByRole('switch', { name: 'Show the values as a table' }).click();
    await chart.waitFor();
  });

  it('draws over examples or time, on a logarithmic axis', async () => {
    const position = dashboard.locator('.chart .position').first();
    const plot = dashboard.locator('.chart .u-over').first();
    await dashboard.getByText('Log scale').click();
    for (const [axis, read] of [
      ['Examples', /^Example [\d,]+$/],
      ['Time', /^Time \d+:\d\d$/],
    ] as const) {
      await dashboard.locator('.x-axis').click();
      await dashboard.locator('.x-axis').getByRole('option', { name: axis, exact: true }).last().click();
      await expect
        .poll(async () => {
          await plot.hover({ position: { x: 100, y: 60 } });
          await plot.hover({ position: { x: 60, y: 60 } });
          return await position.innerText();
        })
        .toMatch(read);
      await workbench.screenshot(`dashboard-${axis.toLowerCase()}`);
    }
    await dashboard.locator('.x-axis').click();
    await dashboard.locator('.x-axis').getByRole('option', { name: 'Step', exact: true }).last().click();
    await dashboard.getByText('Log scale').click();
  });

  it('shows what somebody says of the run', async () => {
    const labels = {
      schemaVersion: 1,
      name: 'First try',
      tags: ['toy', 'r1'],
      note: 'Two modes are missing.',
    };
    const [name = ''] = readdirSync(join(folder, 'gan-runs')).filter((entry) => entry.startsWith('00001'));
    const control = join(folder, 'gan-runs', name, 'control');
    mkdirSync(control, { recursive: true });
    writeFileSync(join(control, 'labels.json'), JSON.stringify(labels));
    await dashboard.getByRole('heading', { name: 'First try' }).waitFor();
    await expect.poll(() => dashboard.locator('.tag').allTextContents()).toEqual(['toy', 'r1']);
    await expect.poll(() => dashboard.locator('.run-note').textContent()).toBe('Two modes are missing.');
    await workbench.screenshot('dashboard-labels');
    writeFileSync(join(control, 'labels.json'), '{');
    const refusal = dashboard.locator('.refusals .notice', { hasText: 'labels.json is not valid JSON' });
    await refusal.getByRole('button', { name: 'Close' }).click();
    await refusal.waitFor({ state: 'detached' });
    await dashboard.getByRole('heading', { name: 'toy-ring' }).waitFor();
    rmSync(join(control, 'labels.json'));
  });

  it('shows the configuration', async () => {
    await dashboard.locator('vscode-collapsible[heading="Configuration"]').scrollIntoViewIfNeeded();
    await dashboard.getByText('Configuration').click();
    await dashboard.locator('.config-group th', { hasText: /^sampleEvery$/ }).scrollIntoViewIfNeeded();
    const made = dashboard.locator('.config-group', {
      has: dashboard.getByRole('heading', { name: 'provenance' }),
    });
    await expect
      .poll(() => made.getByRole('rowheader').allTextContents())
      .toEqual(['GAN Workbench', 'Node.js', 'Engine', 'Computer']);
    await workbench.screenshot('dashboard-config');
    await dashboard.getByText('Configuration').click();
  });

  it('shows the layers of the networks when they are opened', async () => {
    const networks = dashboard.locator('vscode-collapsible[heading="Networks"]');
    await networks.getByText('Networks', { exact: true }).click();
    const generator = networks.getByRole('region', { name: 'Generator' });
    await generator.getByText('33,666 parameters').waitFor({ timeout: PATIENCE_MS });
    expect(await generator.locator('tbody tr').nth(2).allInnerTexts()).toEqual([
      'hidden2\tdense\t128\t16,512\t32.8 k',
    ]);
    expect(await generator.locator('svg .dot').count()).toBe(5);
    await networks.scrollIntoViewIfNeeded();
    for (const name of ['narrow', 'light', 'dark'] as const)
      await expectFits(workbench, folder, dashboard, 'networks', name);
  });

  it('is there again after a reload of the window', async () => {
    await workbench.reload();
    dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText(`Step ${STEPS} of ${STEPS}`).waitFor();
    await dashboard.locator('.sample canvas').waitFor();
  });

  it.each(['light', 'high-contrast', 'high-contrast-light', 'wide', 'narrow'] as const)(
    'fits its theme and its width: %s',
    async (look) => {
      await expectFits(workbench, folder, dashboard, 'dashboard', look);
    },
  );

  it('follows a run that is trained elsewhere, and steers it', async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 800 });
    const training = spawn(process.execPath, trainArguments(1_000_000), { cwd: folder, stdio: 'ignore' });
    const ended = once(training, 'exit');
    try {
      await workbench.runCommand('View: Close All Editors');
      await expect
        .poll(
          () => readdirSync(join(folder, 'gan-runs')).filter((entry) => entry.startsWith('00002')).length,
          { timeout: PATIENCE_MS },
        )
        .toBe(1);
      await workbench.runCommand('GAN: Open Dashboard');
      await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00002' }).click();
      dashboard = await workbench.webview('.chart canvas');
      const facts = dashboard.locator('.facts');
      const before = await facts.textContent();
      await expect.poll(() => facts.textContent(), { timeout: PATIENCE_MS }).not.toBe(before);
      await workbench.screenshot('dashboard-live');
      const status = dashboard.locator('.status');
      await dashboard.getByRole('button', { name: 'Pause' }).click();
      await status.getByText('Paused').waitFor();
      await dashboard.getByRole('button', { name: 'Resume' }).click();
      await status.getByText('Training').waitFor();
      await dashboard.getByRole('button', { name: 'Stop', exact: true }).click();
      await status.getByText('Stopped').waitFor();
      await ended;
    } finally {
      training.kill();
    }
  });

  it('shows the grid of a run that generates images', async () => {
    cpSync(resolve('examples/digits-dcgan.gan.json'), join(folder, 'digits-dcgan.gan.json'));
    const small = ['data.batchSize=8', 'logging.sampleEvery=1'];
    train(folder, 2, 'digits-dcgan', small);
    await workbench.runCommand('GAN: Open Dashboard');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00003' }).click();
    dashboard = await workbench.webview('.sample canvas[aria-label^="Generated images"]');
    await expect
      .poll(() => dashboard.evaluate("document.querySelector('.sample canvas').width"))
      .toBeGreaterThan(28);
    await workbench.screenshot('dashboard-images');
  });

  it('says which sample is damaged, and shows the others', async () => {
    const [name = ''] = readdirSync(join(folder, RUNS_FOLDER)).filter((entry) => entry.startsWith('00003'));
    const sample = join(folder, RUNS_FOLDER, name, RUN_FILES.samples, stepFileName(1, 'png'));
    writeFileSync(sample, 'no picture');
    const slider = dashboard.getByRole('slider', { name: 'Sample step' });
    await slider.press('ArrowLeft');
    await dashboard.getByText('Cannot show the samples of step 1.').waitFor();
    await workbench.screenshot('dashboard-damaged-sample');
    await slider.press('ArrowLeft');
    await dashboard.locator('.sample canvas[aria-label="Generated images at step 0"]').waitFor();
    await dashboard.getByRole('button', { name: 'Play samples' }).first().click();
    await dashboard.locator('.sample canvas[aria-label="Generated images at step 2"]').waitFor();
  });

  it('is there again when its tab is shown again', async () => {
    await workbench.page.getByRole('tab', { name: /^00002/ }).click();
    const shown = await workbench.webview('.sample canvas');
    await shown.locator('.status').getByText('Stopped').waitFor();
    await shown.locator('.chart canvas').first().waitFor();
    await shown.getByRole('button', { name: 'Resume' }).waitFor();
  });

  it('says why a run failed and what to do', async () => {
    const endless = ['regularisers=[{"name":"r1","weight":1e30}]'];
    expect(() => train(folder, 9, 'toy-ring', endless)).toThrow('NaN or infinity');
    await workbench.runCommand('GAN: Open Dashboard');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00004' }).click();
    dashboard = await workbench.webview('.notice.error');
    await dashboard.getByText('NaN or infinity in').waitFor();
    await dashboard.getByText('Lower the learning rates').waitFor();
    // Resuming would fail in the same way.
    await dashboard
      .locator('.notice.error vscode-button:not([secondary])', { hasText: 'Open Experiment' })
      .waitFor();
    await dashboard.locator('.notice.error vscode-button[secondary]', { hasText: 'Resume' }).waitFor();
    await workbench.screenshot('dashboard-failed');
  });

  it('says that a run was interrupted, and that nothing before is lost', async () => {
    const training = spawn(process.execPath, trainArguments(1_000_000), { cwd: folder, stdio: 'ignore' });
    const ended = once(training, 'exit');
    const runs = (): string[] => readdirSync(join(folder, RUNS_FOLDER));
    await expect
      .poll(() => runs().some((entry) => entry.startsWith('00005')), { timeout: PATIENCE_MS })
      .toBe(true);
    await workbench.runCommand('GAN: Open Dashboard');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00005' }).click();
    dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('.head .status').getByText('Training').waitFor();
    training.kill('SIGKILL');
    await ended;
    await dashboard.locator('.head .status').getByText('Interrupted').waitFor();
    await dashboard.getByText('The training process ended unexpectedly').waitFor();
    await workbench.screenshot('dashboard-interrupted');
  });

  it('breaks no rule of its content security policy', () => {
    expect(violations).toEqual([]);
  });

  it('says that a run is gone', async () => {
    rmSync(join(folder, 'gan-runs'), { recursive: true });
    await dashboard.getByText('This run cannot be shown').waitFor();
    await workbench.screenshot('dashboard-gone');
  });
});
