/** The plane of a run on points: seen live while it trains, layer by layer, and as recorded. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUNS_FOLDER } from '../../../src/shared/run-format';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';

describe('the plane', () => {
  const folder = useFolder('gan-plane-');
  let dashboard: Frame;

  beforeAll(() => {
    const experiment = readFileSync(resolve('examples/toy-ring.gan.json'), 'utf8');
    writeFileSync(join(folder, 'toy-ring.gan.json'), experiment.replace('"steps": 5000', '"steps": 1000000'));
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  const layer = (name: string): Locator =>
    dashboard.getByRole('group', { name: 'Layers' }).getByRole('button', { name, exact: true });
  const live = (): Locator => dashboard.locator('.section-head .step-label.live');
  const stepOf = async (label: Locator): Promise<number> =>
    Number((await label.textContent())?.replace(/\D/g, ''));
  const headStep = (step: number): string => `Step ${step.toLocaleString('en')} of`;
  const picture = (): Promise<unknown> =>
    dashboard.evaluate("document.querySelector('.sample canvas').toDataURL()");

  it('moves while the run trains', async () => {
    await workbench.runCommand('GAN: Start Training');
    dashboard = await workbench.webview('.sample canvas');
    await live().waitFor();
    const before = await stepOf(live());
    const seen = await picture();
    await expect.poll(() => stepOf(live())).toBeGreaterThan(before);
    await expect.poll(picture).not.toBe(seen);
    await workbench.screenshot('plane-live');
  });

  it('has layers that are shown and hidden', async () => {
    expect(await layer('Manifold').getAttribute('aria-pressed')).toBe('false');
    for (const name of ['Gradients', 'Manifold', 'Real density', 'Generated density']) {
      await layer(name).click();
      await expect.poll(() => layer(name).getAttribute('aria-pressed')).toBe('true');
    }
    await workbench.screenshot('plane-all-layers');
    await layer('Real density').click();
    await layer('Generated density').click();
    await expect.poll(() => layer('Generated density').getAttribute('aria-pressed')).toBe('false');
  });

  it('shows recorded samples where the user goes to one, and returns to the present', async () => {
    const slider = dashboard.getByRole('slider', { name: 'Sample step' });
    await slider.press('Home');
    await dashboard.locator('canvas[aria-label="Real and generated points at step 0"]').first().waitFor();
    await live().waitFor({ state: 'detached' });
    await slider.press('End');
    await live().waitFor();
  });

  it('is changed while it trains, and says what was done', async () => {
    await workbench.runCommand('GAN: Pause');
    await expect.poll(() => dashboard.locator('.status').textContent()).toBe('Paused');
    await dashboard.getByText('Change the Run', { exact: true }).click();
    await dashboard.getByRole('button', { name: 'D Only' }).click();
    const done = dashboard.getByRole('list', { name: 'Changes so far' }).getByRole('listitem');
    await expect.poll(() => done.allTextContents()).toEqual([expect.stringContaining('updated alone')]);
    const layers = dashboard.getByRole('textbox', { name: 'Layers of the generator' });
    await layers.fill('none');
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await dashboard.getByText('The run cannot be changed to this').waitFor();
    await dashboard.getByRole('button', { name: 'Close' }).click();
    await layers.fill('32, 32, 32');
    await dashboard.getByRole('textbox', { name: 'Discriminator steps' }).fill('2');
    await dashboard.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => done.count()).toBe(2);
    await expect.poll(() => done.last().textContent()).toContain('criticSteps: 1 → 2');
    await done.last().scrollIntoViewIfNeeded();
    await workbench.screenshot('plane-changed');
    await workbench.runCommand('GAN: Resume');
    await expect.poll(() => dashboard.locator('.status').textContent()).toBe('Training');
  });

  it('goes step by step and in slow motion, and shows the last sample of a stopped run', async () => {
    await workbench.runCommand('GAN: Pause');
    await expect.poll(() => dashboard.locator('.status').textContent()).toBe('Paused');
    await expect.poll(async () => dashboard.getByText(headStep(await stepOf(live()))).count()).toBe(1);
    const paused = await stepOf(live());
    const training = dashboard.getByRole('toolbar', { name: 'Training controls' });
    for (const step of [paused + 1, paused + 2]) {
      await training.getByRole('button', { name: 'One Step' }).click();
      await expect.poll(() => stepOf(live())).toBe(step);
    }
    const seen = await picture();
    await training.getByRole('button', { name: 'D Only' }).click();
    await expect.poll(picture).not.toBe(seen);
    expect(await stepOf(live())).toBe(paused + 2);
    await training.getByRole('combobox', { name: 'Speed' }).click();
    await dashboard.getByRole('option', { name: '3 steps/s' }).click();
    await training.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => stepOf(live())).toBeGreaterThan(paused + 3);
    await workbench.screenshot('plane-slow-motion');
    await workbench.runCommand('GAN: Stop');
    await expect.poll(() => dashboard.locator('.status').textContent()).toBe('Stopped');
    await live().waitFor({ state: 'detached' });
    // A page of 480 pixels has no room for both.
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  it.each(['light', 'slim', 'slim-light', 'wide', 'high-contrast'] as const)('fits: %s', async (name) => {
    await expectFits(workbench, folder, dashboard, 'plane', name);
  });

  it('trains on a distribution that is drawn', async () => {
    await dashboard.getByRole('button', { name: 'Draw a Distribution…' }).click();
    const pad = dashboard.getByRole('dialog', { name: 'Draw a distribution' });
    const canvas = await pad.locator('canvas').boundingBox();
    if (canvas === null) throw new Error('There is no pad.');
    const { mouse } = workbench.page;
    const at = (x: number, y: number): readonly [number, number] => [
      canvas.x + x * canvas.width,
      canvas.y + y * canvas.height,
    ];
    await mouse.move(...at(0.2, 0.3));
    await mouse.down();
    for (const [x, y] of [
      [0.35, 0.7],
      [0.5, 0.4],
      [0.65, 0.7],
      [0.8, 0.3],
    ] as const)
      await mouse.move(...at(x, y), { steps: 8 });
    await mouse.up();
    await workbench.screenshot('plane-pad');
    await pad.getByRole('button', { name: 'Train' }).click();
    await expect.poll(() => existsSync(join(folder, RUNS_FOLDER, '00002-toy-ring-drawn'))).toBe(true);
    expect(readFileSync(join(folder, 'toy-ring-drawn.csv'), 'utf8')).toMatch(/^x,y\n-?\d/);
    await workbench.runCommand('GAN: Stop');
  });
});
