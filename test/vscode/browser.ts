/** A headless Chromium, and pages whose console is logged next to the server's logs. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Timeout of waits that name none: whatever a test waits for takes long on a busy machine. */
const PATIENCE_MS = 120_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Writes `console.log` to `logFolder`, with the console output and errors of the page and its webviews. `language` is
 * the display language, as a language pack would set it; without the pack, the workbench's own texts stay English, but
 * those of extensions are translated.
 */
export async function openBrowser(
  executablePath: string,
  logFolder: string,
  language?: string,
): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (language !== undefined)
    await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
  context.setDefaultTimeout(PATIENCE_MS);
  return { browser, page: await openPage(context, logFolder) };
}

/** Writes `console.log` to `logFolder`, as `openBrowser` does. */
export async function openPage(context: BrowserContext, logFolder: string): Promise<Page> {
  const page = await context.newPage();
  const log = join(logFolder, 'console.log');
  page.on('console', (message) => appendFileSync(log, `[${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => appendFileSync(log, `[pageerror] ${error.stack ?? error.message}\n`));
  return page;
}
