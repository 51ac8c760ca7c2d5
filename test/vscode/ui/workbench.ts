/**
 * A workbench with the packaged extension installed as users have it, and the interactions that the tests use. Each
 * workbench has its own server, browser and temporary user.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { openBrowser } from '../browser';
import { type InstalledHost, installHost } from '../install';
import { installExtensions, type ServerOptions, startServer } from '../server';
import { chosenHost } from '../versions';
import { packagedExtension } from '../vsix';
import { type OpenedPage, openOnShared } from './shared-server';

export interface WorkbenchOptions extends Pick<ServerOptions, 'restricted' | 'environment' | 'extensions'> {
  /** Folder in which a server is noted that other workbenches of this process may use too; by default it has its own. */
  readonly servers?: string;
  /** A second packaged extension to install, if `extensions` is not given. */
  readonly companion?: string;
  /** Display language, e.g. `zh-cn`; defaults to English. */
  readonly language?: string;
  /** The open folder; none if omitted. */
  readonly workspaceFolder?: string;
  /** The user's settings, in addition to those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Workbench {
  readonly page: Page;
  /** Folder for everything that the server, its browser and its logs write. */
  readonly folder: string;
  /** Runs a command from the palette by the title shown there: `GAN: Open Dashboard`. */
  runCommand(title: string): Promise<void>;
  /** Opens a container of the activity bar by its title. */
  openContainer(title: string): Promise<void>;
  /** The rows of the tree with this accessible name, e.g. `Experiments`. */
  treeItems(tree: string): Locator;
  /** Returns the innermost frame of the webview that shows `selector`, once one does. */
  webview(selector: string): Promise<Frame>;
  /** Returns the notification with this text, once it appears. */
  notification(text: string): Promise<Locator>;
  /** Reloads the window by *Developer: Reload Window* and waits until it is ready. */
  reload(): Promise<void>;
  /** Writes `test-results/<name>.png`. */
  screenshot(name: string): Promise<void>;
  /** Closes browser and server, and removes what they wrote. */
  close(): Promise<void>;
}

/** Timeout on a busy machine for events that normally take seconds. */
export const PATIENCE_MS = 120_000;
const READY_MS = PATIENCE_MS;
const GESTURE_MS = 5_000;
/** Wait for a command to be listed in the palette: doubled with each attempt, since a busy machine lists it late. */
const FIRST_LOOK_MS = 500;
/** Wait for a container of the activity bar to open after a click. */
const OPENING_MS = 2_000;

async function untilReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: READY_MS });
}

async function chooseInPalette(page: Page, title: string, patienceMs: number): Promise<void> {
  await page.keyboard.press('F1');
  const palette = page.locator('.quick-input-widget');
  const input = palette.locator('input[type=text]');
  await input.waitFor({ timeout: GESTURE_MS });
  await input.fill(`>${title}`, { timeout: GESTURE_MS });
  const row = palette.locator('.monaco-list-row.focused .label-name', { hasText: title });
  await row.first().waitFor({ timeout: patienceMs });
  await page.keyboard.press('Enter');
}

/** The palette can lag while extensions are being read, or trust in the workspace is: retries a missing command. */
async function runFromPalette(page: Page, title: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (let patienceMs = FIRST_LOOK_MS; ; patienceMs = Math.min(GESTURE_MS, 2 * patienceMs)) {
    try {
      await chooseInPalette(page, title, patienceMs);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** A click closes a container that is open, as one can be that VS Code has just restored. */
async function openContainer(page: Page, title: string): Promise<void> {
  const label = page.locator(`.activitybar .action-label[aria-label="${title}"]`);
  const open = page.locator('.part.sidebar .title h2', { hasText: title });
  const deadline = Date.now() + READY_MS;
  await label.waitFor({ timeout: READY_MS });
  while (!(await open.isVisible())) {
    if (Date.now() > deadline) throw new Error(`The container ${title} does not open.`);
    await label.click();
    await open.waitFor({ timeout: OPENING_MS }).catch(() => undefined);
  }
}

async function webviewShowing(page: Page, selector: string): Promise<Frame> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if (!frame.url().includes('/webview/browser/pre/fake.html')) continue;
      // A frame may be detached while it is queried.
      const visible = await frame
        .locator(selector)
        .first()
        .isVisible()
        .catch(() => false);
      if (visible) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`No webview shows ${selector}.`);
}

async function openOnOwn(
  host: InstalledHost,
  options: ServerOptions,
  language: string | undefined,
): Promise<OpenedPage> {
  const server = await startServer(host, options);
  const { browser, page } = await openBrowser(host.chromium, server.folder, language);
  return {
    page,
    server,
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Throws an error with the server's log if VS Code does not start or the package does not install. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const host = installHost(chosenHost());
  const { workspaceFolder, language, companion, servers, ...ofServer } = options;
  const extensions = ofServer.extensions ?? mkdtempSync(join(tmpdir(), 'gan-vscode-extensions-'));
  if (ofServer.extensions === undefined)
    installExtensions(
      host,
      [packagedExtension(), ...(companion === undefined ? [] : [companion])],
      extensions,
    );
  const opened =
    servers === undefined
      ? await openOnOwn(host, { ...ofServer, extensions }, language)
      : await openOnShared(host, extensions, servers);
  const { page, server } = opened;
  try {
    await page.goto(server.workbenchUrl(workspaceFolder));
    await untilReady(page);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return {
    page,
    folder: server.folder,
    runCommand: (title) => runFromPalette(page, title),
    openContainer: (title) => openContainer(page, title),
    treeItems: (tree) => page.getByRole('tree', { name: tree }).getByRole('treeitem'),
    webview: (selector) => webviewShowing(page, selector),
    notification: async (text) => {
      const toast = page.locator('.notification-toast', { hasText: text }).first();
      await toast.waitFor({ timeout: READY_MS });
      return toast;
    },
    reload: async () => {
      // Unlike reloading the page, the command lets VS Code save which editors are open.
      const loaded = page.waitForEvent('load', { timeout: READY_MS });
      await runFromPalette(page, 'Developer: Reload Window');
      await loaded;
      await untilReady(page);
    },
    screenshot: async (name) => {
      const file = join('test-results', `${name}.png`);
      mkdirSync(dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    },
    close: async () => {
      await opened.close();
      if (ofServer.extensions === undefined) rmSync(extensions, { recursive: true, force: true });
    },
  };
}
