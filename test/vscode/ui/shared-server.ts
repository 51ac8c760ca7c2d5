/**
 * A server with a browser for all test files of a process, one after another: starting both and compiling the workbench
 * anew takes longer than most tests. Each file gets a page, a user and a workspace of its own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../browser';
import type { InstalledHost } from '../install';
import { type Server, startServer } from '../server';

export interface OpenedPage {
  readonly page: Page;
  readonly server: Server;
  close(): Promise<void>;
}

interface Shared {
  readonly server: Server;
  readonly browser: Browser;
}

let shared: Promise<Shared> | undefined;

/** @param registry folder in which servers are noted by their process group, so that the test run can end them */
export async function openOnShared(
  host: InstalledHost,
  extensions: string,
  registry: string,
): Promise<OpenedPage> {
  shared ??= start(host, extensions, registry);
  const { server, browser } = await shared;
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The browser has no context.');
  server.resetUser();
  const page = await openPage(context, server.folder);
  const session = await context.newCDPSession(page);
  // Not the cache of compiled code, which is what makes the next workbench open faster.
  await session.send('Storage.clearDataForOrigin', {
    origin: server.origin,
    storageTypes: 'local_storage,indexeddb',
  });
  await session.detach();
  return {
    page,
    server,
    async close() {
      // Navigating away ends the extension host; a page that is closed leaves it waiting for a reconnection.
      await page.goto('about:blank');
      await page.close();
    },
  };
}

async function start(host: InstalledHost, extensions: string, registry: string): Promise<Shared> {
  const server = await startServer(host, { extensions });
  writeFileSync(join(registry, String(server.processGroup)), server.folder);
  const { browser, page } = await openBrowser(host.chromium, server.folder);
  await page.close();
  return { server, browser };
}
