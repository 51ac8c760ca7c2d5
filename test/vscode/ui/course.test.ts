/** The course: a lesson is read, its prediction made, its experiment trained from the page, and its goals are met. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

describe('the course', () => {
  const folder = useFolder('gan-course-');
  let page: Frame;
  const workbench = useWorkbench({ workspaceFolder: folder });
  const start = () => page.getByRole('button', { name: 'Start Training' });

  it('opens at the first lesson that is not done', async () => {
    await workbench.runCommand('GAN: Open Course');
    page = await workbench.webview('.lesson');
    await page.getByRole('heading', { name: '1. Two networks and a game' }).waitFor();
    expect(await page.locator('.formula.block .katex-display').count()).toBe(1);
    for (const name of ['dark', 'light', 'slim', 'high-contrast'] as const)
      await expectFits(workbench, folder, page, 'course', name);
  });

  it('starts an experiment once a prediction is made', async () => {
    await page.locator('.experiment vscode-button[disabled]').waitFor();
    await page.getByText('Make your prediction first.').waitFor();
    await page.getByRole('radio').nth(1).check();
    await start().click();
    await workbench.webview('.samples');
    await page.locator('.experiment .status.running').waitFor({ timeout: PATIENCE_MS });
    const copy = join(folder, 'gan-course', '01-two-networks', 'ring.gan.json');
    expect(existsSync(copy)).toBe(true);
  });

  it('shows the samples, and the goals when they are met', async () => {
    await page.locator('.experiment .sample img').waitFor({ timeout: PATIENCE_MS });
    await expect
      .poll(() => page.locator('.goal.met').count(), { timeout: 3 * PATIENCE_MS })
      .toBe(await page.locator('.goal').count());
    await page.getByText('1 of', { exact: false }).first().waitFor();
    for (const name of ['wide', 'slim-light', 'dark'] as const)
      await expectFits(workbench, folder, page, 'course-done', name);
  });

  it('keeps predictions and answers in a file', async () => {
    const answer = page.getByRole('textbox', { name: 'Your answer' }).first();
    await answer.fill('They moved as a group.');
    await answer.blur();
    const file = join(folder, 'gan-course', 'progress.json');
    const lesson = (): unknown => JSON.parse(readFileSync(file, 'utf8')).lessons['01-two-networks'];
    await expect.poll(lesson).toEqual({ predictions: { 0: 1 }, answers: { 0: 'They moved as a group.' } });
  });

  it('writes a report to hand in', async () => {
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await page.getByRole('button', { name: 'Report…' }).click();
    await workbench.page.locator('.quick-input-widget').getByText('Your name').waitFor();
    await workbench.screenshot('course-report');
    await input.fill('Li Lei');
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain('01-two-networks.html');
    const file = join(folder, 'report.html');
    await input.fill(file);
    await workbench.page.keyboard.press('Enter');
    const report = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    await expect.poll(report, { timeout: PATIENCE_MS }).toContain('<p class="author">Li Lei</p>');
    expect(report()).toContain('They moved as a group.');
  });
});
