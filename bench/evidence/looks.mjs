// Takes screenshots of every page at every width and theme, in a real VS Code with the packaged extension, for visual
// inspection: `node bench/evidence/looks.mjs [PROJECT] [PAGE …]` after `npm run test:ui` has run once. PROJECT is a
// folder with experiments and their `gan-runs`; without it, short runs are trained first. Writes to test-results/looks.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { example, gan, ganThatMayFail, temporaryFolder } from './gan.mjs';
import { openedWorkbench, openRun, pagesOf, runsIn, showSideBar } from './pages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'test-results', 'looks');
const WIDTHS = [1900, 1280, 720, 480];
/** Below this width the side bar would leave no room for a page. */
const NARROW = 800;
const THEMES = {
  dark: { setting: 'Default Dark Modern', workbench: 'vs-dark' },
  light: { setting: 'Default Light Modern', workbench: 'vs' },
  'high-contrast': { setting: 'Default High Contrast', workbench: 'hc-black' },
};
const SETTLED_MS = 700;

/** Trained if no project is given: covers every kind of sample and a run with findings. */
const SHORT_RUNS = {
  'toy-ring': 1500,
  'digits-dcgan': 400,
  'digits-conditional': 100,
  'shapes-segmentation': 60,
  'digits-superres': 40,
  'emoji-pix2pix': 60,
};

function makeProject() {
  const folder = temporaryFolder();
  gan('data', 'fetch', 'emoji');
  for (const [name, steps] of Object.entries(SHORT_RUNS)) {
    cpSync(example(name), join(folder, `${name}.gan.json`));
    gan('train', join(folder, `${name}.gan.json`), '--steps', String(steps));
  }
  const provocation = join(folder, 'mode-collapse.gan.json');
  cpSync(join(root, 'test/provocations/mode-collapse.gan.json'), provocation);
  ganThatMayFail('train', provocation, '--steps', '420');
  return folder;
}

/**
 * Captures the page in every theme and at every width. `open` reopens it for each one, for pages that do not survive a
 * resize. The side bar is closed where it would leave no room for the page, unless `inSideBar` is set.
 */
async function shootAll(workbench, folder, name, { open = async () => undefined, inSideBar = false } = {}) {
  for (const [theme, { setting, workbench: themeClass }] of Object.entries(THEMES)) {
    mkdirSync(join(folder, '.vscode'), { recursive: true });
    const settings = { 'workbench.colorTheme': setting };
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    await workbench.page.locator(`.monaco-workbench.${themeClass}`).waitFor();
    for (const width of WIDTHS) {
      await workbench.page.setViewportSize({ width, height: width < NARROW ? 1000 : 950 });
      await showSideBar(workbench.page, inSideBar || width >= NARROW);
      await open();
      await delay(SETTLED_MS);
      await workbench.page.screenshot({ path: join(target, `${name}-${theme}-${width}.png`) });
    }
  }
}

async function firstStart() {
  const folder = temporaryFolder();
  const workbench = await openedWorkbench(folder);
  try {
    await workbench.openContainer('GAN');
    await workbench.page.getByText('No experiments yet').waitFor();
    await shootAll(workbench, folder, 'first-start', { inSideBar: true });
    const openPicker = async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.runCommand('GAN: Start Training');
      await workbench.page.getByText('Toy: eight clusters on a ring').waitFor();
    };
    await shootAll(workbench, folder, 'preset-picker', { open: openPicker });
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'GAN' }).first().click();
    await workbench.page.locator('.getting-started-step').first().waitFor();
    await shootAll(workbench, folder, 'walkthrough');
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Trains the digits in a process of its own while the dashboard is captured; returns what stops it. */
async function openTraining(workbench, folder) {
  const experiment = join(folder, 'digits-dcgan.gan.json');
  const before = runsIn(folder).length;
  const child = spawn(process.execPath, [join(root, 'dist/gan.cjs'), 'train', experiment], {
    stdio: 'ignore',
  });
  try {
    while (runsIn(folder).length === before) await delay(SETTLED_MS);
    await openRun(workbench, runsIn(folder).at(-1));
    return () => child.kill('SIGTERM');
  } catch (error) {
    child.kill('SIGTERM');
    throw error;
  }
}

const [given, ...wanted] = process.argv.slice(2);
const project = given === undefined ? makeProject() : temporaryFolder();
if (given !== undefined) cpSync(resolve(given), project, { recursive: true });
if (!existsSync(join(project, 'gan-runs'))) throw new Error(`${given} has no gan-runs.`);
mkdirSync(target, { recursive: true });
const isWanted = (page) => wanted.length === 0 || wanted.some((start) => page.startsWith(start));

if (isWanted('first-start')) await firstStart();
const workbench = await openedWorkbench(project);
try {
  await workbench.openContainer('GAN');
  await workbench.treeItems('Experiments').first().waitFor();
  for (const [page, open] of Object.entries({
    ...pagesOf(workbench, project),
    training: () => openTraining(workbench, project),
  })) {
    if (!isWanted(page)) continue;
    await workbench.page.setViewportSize({ width: 1280, height: 950 });
    await showSideBar(workbench.page, true);
    const ended = await open();
    await shootAll(workbench, project, page);
    if (typeof ended === 'function') ended();
    console.log(`${page}: ${basename(target)}/${page}-*.png`);
  }
} finally {
  await workbench.close();
  rmSync(project, { recursive: true, force: true });
}
