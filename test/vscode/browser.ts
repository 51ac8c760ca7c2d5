/** A headless Chromium with one page, whose console is kept beside the server's logs. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `logFolder` gets `console.log`: what the page and its webviews said and threw. */
export async function openBrowser(
  executablePath: string,
  logFolder: string,
): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const log = join(logFolder, 'console.log');
  page.on('console', (message) => appendFileSync(log, `[${message.type()}] ${message.text()}\n`));
  page.on('pageerror', (error) => appendFileSync(log, `[pageerror] ${error.stack ?? error.message}\n`));
  return { browser, page };
}
