/** Working with one's own pictures: importing a folder, inspecting the result, and finding it again. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawScene } from '../../../src/data/drawn/scene';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const PICTURES = 60;

describe('a dataset of one’s own', () => {
  const folder = useFolder('gan-datasets-');
  const pictures = join(folder, 'pictures');

  beforeAll(async () => {
    for (const name of ['few', 'many']) mkdirSync(join(pictures, name), { recursive: true });
    for (let i = 0; i < PICTURES; i++) {
      const { picture } = drawScene(1, i, 64);
      await sharp(picture, { raw: { width: 64, height: 64, channels: 3 } })
        .png()
        .toFile(join(pictures, i < PICTURES / 4 ? 'few' : 'many', `${i}.png`));
    }
    cpSync(join(pictures, 'many', '20.png'), join(pictures, 'many', 'copy of 20.png'));
    writeFileSync(join(pictures, 'many', 'damaged.png'), 'no picture');
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  async function choose(text: string): Promise<void> {
    const row = workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text });
    await row.first().click();
  }

  it('is imported from the Explorer, shown as the network will see it, and listed', async () => {
    const { page } = workbench;
    const item = page.getByRole('menuitem', { name: 'Import Dataset…' });
    // A menu opened before VS Code has read the extension's entries never shows them.
    const openMenu = async (): Promise<boolean> => {
      await page.keyboard.press('Escape');
      const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pictures' });
      await row.click({ button: 'right' });
      await page.getByRole('menuitem').first().waitFor();
      return item.isVisible();
    };
    await expect.poll(openMenu, { timeout: PATIENCE_MS, interval: 1000 }).toBe(true);
    // A menu ignores a click that may be part of the gesture that opened it.
    await item.hover();
    await item.click({ delay: 300 });
    await choose('Use subfolders as classes');
    await choose('32×32 pixels');
    await choose('Crop');

    const view = await workbench.webview('.histogram');
    const facts = await view.locator('.facts').innerText();
    expect(facts).toContain('55 for training');
    expect(facts).toContain('6 held out');
    expect(facts).toContain('32×32 RGB');
    expect(facts).toContain('1 skipped');
    await expect
      .poll(() => view.locator('.histogram tr').allInnerTexts())
      .toEqual([expect.stringMatching(/^few\s+15$/), expect.stringMatching(/^many\s+46$/)]);
    await expect
      .poll(() => view.locator('.skipped').innerText())
      .toMatch(/many\/damaged\.png\s+Cannot be decoded/);
    await expect.poll(() => view.locator('.duplicates').innerText()).toContain('many/copy of 20.png');
    const isDrawn = async (): Promise<boolean> => {
      const { channels } = await sharp(await view.locator('canvas').screenshot()).stats();
      return channels.every(({ stdev }) => stdev > 20);
    };
    await expect.poll(isDrawn, { timeout: PATIENCE_MS }).toBe(true);
    await workbench.screenshot('dataset-page');

    await view.getByRole('button', { name: 'copy of 20.png' }).click();
    await expect.poll(() => view.locator('.position').innerText()).toContain('many/copy of 20.png');
    await view.getByRole('button', { name: 'Held-out set' }).click();
    await workbench.openContainer('GAN');
    const row = workbench.treeItems('Datasets').filter({ hasText: 'pictures' });
    await expect.poll(() => row.innerText()).toContain('61 examples · 32×32×3 · 2 classes');
    await workbench.screenshot('dataset-view');
    const file = join(folder, 'pictures.gan.json');
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('"labels": "folders"');
    // The damaged one is a file, too.
    expect(text).toContain(': 62 image files in 2 classes.');
  });

  it('is there again after a reload of the window', async () => {
    await workbench.reload();
    const view = await workbench.webview('.histogram');
    await expect.poll(() => view.locator('.facts').innerText()).toContain('55 for training');
  });

  it.each(['light', 'high-contrast', 'narrow'] as const)('fits its theme and its width: %s', async (look) => {
    const view = await workbench.webview('.histogram');
    await expectFits(workbench, folder, view, 'dataset-page', look);
  });

  it('is trained on from its page, which says first how long that takes', async () => {
    const page = await workbench.webview('.histogram');
    await page
      .locator('.estimate', { hasText: /Steps: [\d,]+ · about \d+ (s|min|h) on this machine/ })
      .waitFor();
    await page.getByRole('button', { name: 'Start Training' }).click();
    const dashboard = await workbench.webview('.sample canvas');
    await dashboard.locator('.head .status', { hasText: 'Training' }).waitFor({ timeout: PATIENCE_MS });
    await dashboard.locator('.sample canvas[aria-label^="Generated images"]').waitFor();
    await workbench.screenshot('dataset-training');
    await workbench.runCommand('GAN: Stop');
    await workbench.page.locator('.statusbar-item', { hasText: /GAN:/ }).waitFor({ state: 'hidden' });
    // The dashboard has replaced the page, which its row brings back.
    await workbench.treeItems('Datasets').filter({ hasText: 'pictures' }).click();
    await workbench.webview('.histogram');
  });

  it('lists every file that cannot be used where there are too many', async () => {
    const file = join(folder, 'pictures.gan.json');
    const strict = readFileSync(file, 'utf8').replace('"labels"', '"maxSkipped": 0, "labels"');
    writeFileSync(file, strict);
    for (let i = 0; i < 6; i++) writeFileSync(join(pictures, 'few', `damaged ${i}.png`), 'no picture');
    const view = await workbench.webview('.histogram');
    await view.getByRole('button', { name: 'Refresh' }).click();
    await view.locator('.notice.error', { hasText: '7 of 68 images' }).waitFor();
    await expect.poll(() => view.locator('.skipped tr').count()).toBe(7);
    expect(await view.getByRole('button', { name: 'Cancel' }).isVisible()).toBe(false);
  });
});
