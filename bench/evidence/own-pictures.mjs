// Own pictures, from a folder to samples: how long the dataset's page says that training takes, and how long it takes,
// in a real VS Code. The pictures are 3,000 photos of clothes (Fashion-MNIST) as PNG files in ten subfolders.
// `node bench/evidence/own-pictures.mjs` after `npm run test:ui` has run once, with Debian's dataset-fashion-mnist.
// Writes test-results/own-pictures-<step>.png for a look at the samples.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { metrics, temporaryFolder } from './gan.mjs';
import { openedWorkbench } from './pages.mjs';

const SOURCE = '/usr/share/datasets/fashion-mnist';
const results = fileURLToPath(new URL('../../test-results/', import.meta.url));
const COUNT = 3_000;
const SIDE = 28;
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;
const POLL_MS = 100;
const LONGEST_MS = 20 * 60_000;

async function writePictures(folder) {
  const images = gunzipSync(readFileSync(join(SOURCE, 'train-images-idx3-ubyte.gz'))).subarray(IMAGES_HEADER);
  const labels = gunzipSync(readFileSync(join(SOURCE, 'train-labels-idx1-ubyte.gz'))).subarray(LABELS_HEADER);
  for (let i = 0; i < COUNT; i++) {
    const inClass = join(folder, `class ${labels[i]}`);
    mkdirSync(inClass, { recursive: true });
    const pixels = images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } })
      .png()
      .toFile(join(inClass, `${i}.png`));
  }
}

async function until(condition) {
  const deadline = Date.now() + LONGEST_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('Training takes too long.');
    await delay(POLL_MS);
  }
}

async function importPictures(workbench) {
  const { page } = workbench;
  const item = page.getByRole('menuitem', { name: 'Import Dataset…' });
  while (!(await item.isVisible())) {
    await page.keyboard.press('Escape');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'pictures' });
    await row.click({ button: 'right' });
    await page.getByRole('menuitem').first().waitFor();
  }
  await item.hover();
  await item.click({ delay: 300 });
  for (const answer of ['Use subfolders as classes', '32×32 pixels', 'Crop'])
    await page.locator('.quick-input-widget .monaco-list-row', { hasText: answer }).first().click();
}

const folder = temporaryFolder();
await writePictures(join(folder, 'pictures'));
const workbench = await openedWorkbench(folder);
try {
  await importPictures(workbench);
  const dataset = await workbench.webview('.histogram');
  const estimate = dataset.locator('.estimate', { hasText: 'on this machine' });
  await estimate.waitFor();
  console.log(`Promised: ${await estimate.innerText()}`);
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  await dataset.getByRole('button', { name: 'Start Training' }).click();
  const dashboard = await workbench.webview('.sample canvas');
  await dashboard.locator('.sample canvas[aria-label^="Generated images"]').waitFor();
  console.log(`First samples: ${seconds()} s`);
  const [name] = readdirSync(join(folder, 'gan-runs')).filter((entry) => /^\d/.test(entry));
  const run = join(folder, 'gan-runs', name);
  const status = () => JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).status;
  await until(() => status() === 'completed');
  console.log(`Completed: ${seconds()} s`);
  mkdirSync(results, { recursive: true });
  const recorded = metrics(run).filter(({ type }) => type === 'step');
  for (const sample of readdirSync(join(run, 'samples')).filter((file) => file.endsWith('.png'))) {
    const step = Number(/\d+/.exec(sample)[0]);
    const trained = recorded.findLast((record) => record.step <= step)?.seconds.toFixed(1) ?? '0';
    copyFileSync(join(run, 'samples', sample), join(results, `own-pictures-${step}.png`));
    console.log(`Step ${step}: ${trained} s of training, test-results/own-pictures-${step}.png`);
  }
} finally {
  await workbench.close();
  rmSync(folder, { recursive: true, force: true });
}
