// Takes the picture of docs/sweeps.md: `node bench/evidence/sweep-picture.mjs PROJECT` after `npm run package`. PROJECT is
// a folder with the newest sweep in front; the trials of the picture are compared at the step that most of them reached.
// Writes docs/images/sweep.png.
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './gan.mjs';
import { openedWorkbench, showSideBar } from './pages.mjs';

const picture = fileURLToPath(new URL('../../docs/images/sweep.png', import.meta.url));
const SIZE = { width: 1440, height: 1180 };
const SETTLED_MS = 2_000;

/** A named folder, since the title bar shows it. */
const project = join(temporaryFolder(), 'my-gans');
const [given] = process.argv.slice(2);
if (given === undefined) throw new Error('Pass a folder in which a sweep was run.');
cpSync(resolve(given), project, { recursive: true });

const workbench = await openedWorkbench(project);
try {
  await workbench.page.setViewportSize(SIZE);
  await showSideBar(workbench.page, false);
  await workbench.runCommand('GAN: Open Sweep');
  await workbench.page.locator('.quick-input-widget .monaco-list-row .label-name').first().waitFor();
  await workbench.page.keyboard.press('Enter');
  const frame = await workbench.webview('.parallel');
  await frame.locator('select.level').selectOption({ index: 1 });
  await frame.locator('.importance-row').first().waitFor();
  await frame.locator('.sample img').nth(5).waitFor();
  await workbench.page.mouse.move(SIZE.width / 2, SIZE.height - 1);
  await delay(SETTLED_MS);
  await workbench.page.screenshot({ path: picture });
} finally {
  await workbench.close();
}
