// Takes the pictures of the README: `node bench/evidence/readme-pictures.mjs [PROJECT]` after `npm run test:ui` has run
// once, on an idle machine (about 18 minutes on two cores). PROJECT is a folder with the runs of an earlier call, which
// then are not trained again. Writes docs/images/{dashboard-digits,dashboard-pix2pix,comparison,latents}.png.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, gan, temporaryFolder } from './gan.mjs';
import { openComparison, openedWorkbench, openLatents, openRun, runsIn } from './pages.mjs';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const SIZE = { width: 1440, height: 800 };
const SETTLED_MS = 1_500;
const POLL_MS = 500;
/** Late enough for legible digits, early enough for the run to be in full swing. */
const SHOWN_STEP = 1_720;

function trainRuns(folder) {
  for (const name of ['digits-dcgan', 'emoji-pix2pix'])
    cpSync(example(name), join(folder, `${name}.gan.json`));
  gan('train', join(folder, 'digits-dcgan.gan.json'));
  gan('train', join(folder, 'digits-dcgan.gan.json'), '--set', 'objective=hinge');
  gan('train', join(folder, 'emoji-pix2pix.gan.json'));
}

async function untilStep(frame, wanted) {
  for (;;) {
    const facts = await frame.locator('.facts').innerText();
    const step = Number(/Step ([\d,]+) of/.exec(facts)?.[1].replaceAll(',', ''));
    if (step >= wanted) return;
    await delay(POLL_MS);
  }
}

/** Drops the last of the held-out digits that bench/evidence/inversion.mjs has drawn, and waits for its latent. */
async function invertDigit(frame) {
  const { dropOf } = await loadSource(`export * from './test/vscode/ui/drop';`);
  const drawn = sharp(join(images, 'inversion-digits-dcgan.png'));
  const digit = await drawn.extract({ left: 702, top: 6, width: 168, height: 168 }).png().toBuffer();
  await frame.evaluate(dropOf({ 'three.png': digit.toString('base64') }));
  await frame.getByText('PSNR').first().waitFor();
}

/** A named folder, since the title bar shows it. */
const project = join(temporaryFolder(), 'my-gans');
const [given] = process.argv.slice(2);
if (given === undefined) {
  mkdirSync(project);
  trainRuns(project);
} else cpSync(resolve(given), project, { recursive: true });
if (!existsSync(join(project, 'gan-runs'))) throw new Error(`${given} has no gan-runs.`);
console.log(`Runs in ${project}`);

const runs = runsIn(project);
const digits = runs.filter((run) => run.includes('digits'));
const workbench = await openedWorkbench(project);
async function shoot(name) {
  await workbench.page.mouse.move(SIZE.width / 2, SIZE.height - 1);
  await delay(SETTLED_MS);
  await workbench.page.screenshot({ path: join(images, `${name}.png`) });
}
try {
  await workbench.page.setViewportSize(SIZE);
  await workbench.openContainer('GAN');
  await workbench.treeItems('Experiments').first().waitFor();
  await openRun(
    workbench,
    runs.find((run) => run.includes('pix2pix')),
  );
  await shoot('dashboard-pix2pix');
  await openComparison(workbench, digits.slice(0, 2));
  await shoot('comparison');
  await openLatents(workbench, digits[0]);
  await invertDigit(await workbench.webview('.neighbours canvas'));
  await shoot('latents');
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('GAN: Start Training');
  await workbench.page
    .locator('.quick-input-widget .monaco-list-row', { hasText: 'digits-dcgan' })
    .first()
    .click();
  const frame = await workbench.webview('.chart canvas');
  await frame.locator('.sample canvas').first().waitFor();
  await untilStep(frame, SHOWN_STEP);
  await shoot('dashboard-digits');
} finally {
  await workbench.close();
}
