// Opens the pages of the extension in a real VS Code, for the scripts that take pictures of them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource } from '../../scripts/load-source.mjs';

/** A command that acts on the open dashboard shows no picker. */
const PICKER_MS = 3_000;

export async function openedWorkbench(workspaceFolder, options = {}) {
  const { openWorkbench } = await loadSource(`export * from './test/vscode/ui/workbench';`, {
    packages: 'external',
  });
  return await openWorkbench({ workspaceFolder, ...options });
}

export async function showSideBar(page, isWanted) {
  const isShown = await page.locator('.part.sidebar').isVisible();
  if (isShown !== isWanted) await page.keyboard.press('Control+B');
}

export function runsIn(folder) {
  return readdirSync(join(folder, 'gan-runs')).filter((name) => /^\d/.test(name));
}

function choice({ page }, text) {
  return page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
}

/** Opens the dashboard of the run whose name contains `run`; resolves to its frame once a sample is drawn. */
export async function openRun(workbench, run) {
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('GAN: Open Dashboard');
  await choice(workbench, run).click();
  const frame = await workbench.webview('.chart canvas');
  await frame.locator('.sample canvas').first().waitFor();
  return frame;
}

export async function openComparison(workbench, runs) {
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('GAN: Compare Runs…');
  for (const run of runs) await choice(workbench, run).getByRole('checkbox').click();
  await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
  await workbench.webview('.compared-runs');
}

export async function openLatents(workbench, run) {
  await openRun(workbench, run);
  await workbench.runCommand('GAN: Explore Latents');
  await choice(workbench, run)
    .click({ timeout: PICKER_MS })
    .catch(() => undefined);
  await workbench.webview('.pad');
}

/** The pages that can be opened from a project; each opener leaves its page in front. */
export function pagesOf(workbench, folder) {
  const runs = runsIn(folder);
  const dcgan = runs.find((run) => run.includes('dcgan')) ?? runs[0];
  const dashboards = runs.map((run) => [
    `dashboard-${run.replace(/^\d+-/, '')}`,
    () => openRun(workbench, run),
  ]);
  return {
    ...Object.fromEntries(dashboards),
    findings: async () => {
      const frame = await openRun(workbench, runs.find((run) => run.includes('collapse')) ?? runs[0]);
      await frame.locator('.findings summary').first().click();
    },
    configuration: async () => {
      const frame = await openRun(workbench, dcgan);
      await frame.locator('.config').first().click();
      await frame.evaluate('document.querySelector(".config").scrollIntoView()');
    },
    compare: () => openComparison(workbench, runs.filter((name) => name.includes('digits')).slice(0, 2)),
    'runs-table': async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('GAN: Show Runs Table');
      await workbench.webview('table');
    },
    latents: () => openLatents(workbench, dcgan),
    dataset: async () => {
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('GAN: Open Dataset');
      await choice(workbench, 'digits-dcgan').click();
      await workbench.webview('.histogram');
    },
  };
}
