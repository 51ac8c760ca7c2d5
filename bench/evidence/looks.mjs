// Takes screenshots of every page at every width and theme, in a real VS Code with the packaged extension, for visual
// inspection: `node bench/evidence/looks.mjs [PROJECT] [PAGE …]` after `npm run test:ui` has run once. PROJECT is a
// folder with experiments and their `gan-runs`; without it, short runs are trained first. Writes to test-results/looks.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, gan, ganThatMayFail, temporaryFolder } from './gan.mjs';

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
/** A command that acts on the open editor shows no picker. */
const PICKER_MS = 3_000;

/** Trained if no project is given: covers every kind of sample and a run with findings. */
const SHORT_RUNS = {
  'toy-ring': 1500,
  'digits-dcgan': 400,
  'digits-conditional': 100,
  'shapes-segmentation': 60,
  'digits-superres': 40,
};

function makeProject() {
  const folder = temporaryFolder();
  for (const [name, steps] of Object.entries(SHORT_RUNS)) {
    cpSync(example(name), join(folder, `${name}.gan.json`));
    gan('train', join(folder, `${name}.gan.json`), '--steps', String(steps));
  }
  const provocation = join(folder, 'mode-collapse.gan.json');
  cpSync(join(root, 'test/provocations/mode-collapse.gan.json'), provocation);
  ganThatMayFail('train', provocation, '--steps', '420');
  return folder;
}

async function openedWorkbench(workspaceFolder, options = {}) {
  const { openWorkbench } = await loadSource(`export * from './test/vscode/ui/workbench';`, {
    packages: 'external',
  });
  return await openWorkbench({ workspaceFolder, ...options });
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

async function showSideBar(page, isWanted) {
  const isShown = await page.locator('.part.sidebar').isVisible();
  if (isShown !== isWanted) await page.keyboard.press('Control+B');
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

/** The pages that can be opened from a project; each opener leaves its page in front. */
function pagesOf(workbench, folder) {
  const { page } = workbench;
  const choice = (text) => page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  const close = () => workbench.runCommand('View: Close All Editors');
  const runs = readdirSync(join(folder, 'gan-runs')).filter((name) => /^\d/.test(name));
  const openRun = async (run) => {
    await close();
    await workbench.runCommand('GAN: Open Dashboard');
    await choice(run).click();
    const frame = await workbench.webview('.chart canvas');
    await frame.locator('.sample canvas').first().waitFor();
    return frame;
  };
  const dashboards = runs.map((run) => [`dashboard-${run.replace(/^\d+-/, '')}`, () => openRun(run)]);
  return {
    ...Object.fromEntries(dashboards),
    findings: async () => {
      const frame = await openRun(runs.find((run) => run.includes('collapse')) ?? runs[0]);
      await frame.locator('.findings summary').first().click();
    },
    configuration: async () => {
      const frame = await openRun(runs.find((run) => run.includes('dcgan')) ?? runs[0]);
      await frame.locator('.config').first().click();
      await frame.evaluate('document.querySelector(".config").scrollIntoView()');
    },
    compare: async () => {
      await close();
      await workbench.runCommand('GAN: Compare Runs…');
      for (const run of runs.filter((name) => name.includes('digits')).slice(0, 2))
        await choice(run).getByRole('checkbox').click();
      await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await workbench.webview('.compared-runs');
    },
    'runs-table': async () => {
      await close();
      await workbench.runCommand('GAN: Show Runs Table');
      await workbench.webview('table');
    },
    latents: async () => {
      await openRun(runs.find((run) => run.includes('dcgan')) ?? runs[0]);
      await workbench.runCommand('GAN: Explore Latents');
      await choice('dcgan')
        .click({ timeout: PICKER_MS })
        .catch(() => undefined);
      await workbench.webview('.pad');
    },
    dataset: async () => {
      await close();
      await workbench.runCommand('GAN: Open Dataset');
      await choice('digits-dcgan')
        .click({ timeout: PICKER_MS })
        .catch(() => undefined);
      await workbench.webview('.histogram');
    },
    training: async () => {
      await close();
      const experiment = join(folder, 'digits-dcgan.gan.json');
      const child = spawn(process.execPath, [join(root, 'dist/gan.cjs'), 'train', experiment], {
        stdio: 'ignore',
      });
      try {
        const newest = `${String(runs.length + 1).padStart(5, '0')}-`;
        while (!readdirSync(join(folder, 'gan-runs')).some((name) => name.startsWith(newest)))
          await delay(SETTLED_MS);
        await openRun(newest);
        return () => child.kill('SIGTERM');
      } catch (error) {
        child.kill('SIGTERM');
        throw error;
      }
    },
  };
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
  for (const [page, open] of Object.entries(pagesOf(workbench, project))) {
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
