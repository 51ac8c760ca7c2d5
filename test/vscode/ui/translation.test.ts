/** Applying an image-to-image run to images: by the command and by dropping them, and the page that compares. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { train } from './command-line';
import { dropOf } from './drop';
import { expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const RUN = '00001-shapes-segmentation';
const TINY = [
  ...['data.count=64', 'data.batchSize=4', 'generator.channels=8', 'generator.blocks=1'],
  ...['discriminator.channels=8', 'logging.sampleEvery=10', 'logging.sampleCount=4'],
];
/** Width and height. */
const RED = [300, 180];
const GREEN = [290, 310];

/** A disc on a ground, so that both sides of the divider can be told apart. */
async function drawPicture(file: string, [width, height]: readonly number[], colour: string): Promise<void> {
  const disc = `<circle cx="120" cy="90" r="60" fill="${colour}"/>`;
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#345"/>${disc}</svg>`;
  await sharp(Buffer.from(drawn)).toFile(file);
}

describe('images that a run is applied to', () => {
  const folder = useFolder('gan-translation-');
  const photos = join(folder, 'photos');
  let page: Frame;

  beforeAll(async () => {
    cpSync(resolve('examples/shapes-segmentation.gan.json'), join(folder, 'shapes-segmentation.gan.json'));
    train(folder, 10, 'shapes-segmentation', TINY);
    mkdirSync(photos);
    await drawPicture(join(photos, 'red.png'), RED, '#d33');
    await drawPicture(join(photos, 'green.webp'), GREEN, '#3d3');
  });
  const workbench = useWorkbench({ workspaceFolder: folder });

  const row = (text: string) =>
    workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text });
  const answer = async (proposed: string, path?: string): Promise<void> => {
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain(proposed);
    if (path !== undefined) await input.fill(path);
    await workbench.page.keyboard.press('Enter');
  };
  const divider = () => page.getByRole('slider', { name: 'Divider between input and output' });
  const sizes = async (): Promise<unknown> =>
    await page.evaluate(
      "[...document.querySelectorAll('.slider img')].map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight])",
    );

  it('are shown beside the result, with a divider for mouse and keyboard', async () => {
    await workbench.openContainer('GAN');
    await workbench.treeItems('Experiments').filter({ hasText: RUN }).waitFor();
    await workbench.runCommand('GAN: Apply to Images…');
    await row('Image…').first().click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain(folder);
    await input.fill(`${photos}/`);
    // Choosing a file in the list accepts it.
    await row('red.png').click();
    await answer(`red-${RUN}.png`);
    page = await workbench.webview('.slider');
    await page.getByRole('heading', { name: `red-${RUN}.png` }).waitFor();
    await expect.poll(sizes).toEqual([RED, RED]);
    expect(existsSync(join(photos, `red-${RUN}.png`))).toBe(true);

    await expect.poll(() => divider().inputValue()).toBe('50');
    await divider().press('ArrowLeft');
    await divider().press('ArrowLeft');
    await expect.poll(() => divider().getAttribute('aria-valuetext')).toBe('48% of the input');
    const box = await page.locator('.slider').boundingBox();
    if (box === null) throw new Error('The slider is not shown.');
    await page.locator('.slider').click({ position: { x: box.width * 0.75, y: box.height / 2 } });
    expect(Number(await divider().inputValue())).toBeCloseTo(75, -0.5);
    const line = await page.locator('.divider').boundingBox();
    expect(line?.x).toBeCloseTo(box.x + box.width * 0.75, -0.8);
    for (const look of ['light', 'high-contrast', 'high-contrast-light', 'narrow', 'dark'] as const)
      await expectFits(workbench, folder, page, 'translation', look);
  });

  it('can be dropped on the dashboard, several at a time', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.treeItems('Experiments').filter({ hasText: RUN }).click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('vscode-button', { hasText: 'Apply to Images…' }).waitFor();
    const data = async (name: string): Promise<string> =>
      (await sharp(join(photos, name)).png().toBuffer()).toString('base64');
    await dashboard.evaluate(
      dropOf({ 'red.png': await data('red.png'), 'notes.txt': '', 'green.png': await data('green.webp') }),
    );
    await answer(`dropped-images-${RUN}`, join(folder, 'made'));
    page = await workbench.webview('.slider');
    await page.getByText('Image 1 of 2').waitFor();
    await page.getByRole('heading', { name: 'green.png' }).waitFor();
    await expect.poll(sizes).toEqual([GREEN, GREEN]);
    await page.getByRole('button', { name: 'Next image' }).click();
    await page.getByRole('heading', { name: 'red.png' }).waitFor();
    await page.getByText('Image 2 of 2').waitFor();
    await expect.poll(sizes).toEqual([RED, RED]);
    await page.getByRole('button', { name: 'Next image' }).click();
    await page.getByRole('heading', { name: 'green.png' }).waitFor();
    await page.getByRole('button', { name: 'Previous image' }).click();
    await page.getByRole('heading', { name: 'red.png' }).waitFor();
    await expect.poll(sizes).toEqual([RED, RED]);
    await workbench.screenshot('translation-folder');
  });

  it('are there again after a reload, and their folder is a click away', async () => {
    await workbench.reload();
    page = await workbench.webview('.slider');
    await page.getByText('Image 1 of 2').waitFor();
    await expect.poll(sizes).toEqual([GREEN, GREEN]);
    await page.getByRole('button', { name: 'Open Folder' }).click();
    await workbench.page
      .getByRole('tree', { name: 'Files Explorer' })
      .getByRole('treeitem', { name: 'made', selected: true })
      .waitFor();
  });

  it('are taken from the Explorer while Shift is held', async () => {
    const { mouse, keyboard } = workbench.page;
    const item = await workbench.page.getByRole('treeitem', { name: 'photos' }).boundingBox();
    const target = await page.locator('.slider').boundingBox();
    if (item === null || target === null) throw new Error('The folder or the page is not shown.');
    await mouse.move(item.x + 40, item.y + 10);
    await mouse.down();
    await mouse.move(target.x + 40, target.y + 40, { steps: 8 });
    await keyboard.down('Shift');
    await mouse.move(target.x + 60, target.y + 60, { steps: 8 });
    await page.getByText('Drop images to apply the run to them').waitFor();
    await workbench.screenshot('translation-drag');
    await mouse.up();
    await keyboard.up('Shift');
    await answer(`photos-${RUN}`, join(folder, 'from-explorer'));
    // Beside `red.png` lies what the first test has made of it.
    page = await workbench.webview('text=Image 1 of 3');
    await page.getByRole('heading', { name: 'green.png' }).waitFor();
    await expect.poll(sizes).toEqual([GREEN, GREEN]);
  });

  it('are refused where there are too many or none', async () => {
    await page.evaluate(dropOf({ 'notes.txt': '' }));
    await page.getByText('There are no images among the dropped files.').waitFor();
    await page.evaluate(dropOf(Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`${i}.png`, '']))));
    await page.getByText('At most 200 images of 64 MB together can be dropped.').waitFor();
    await workbench.screenshot('translation-refused');
  });
});
