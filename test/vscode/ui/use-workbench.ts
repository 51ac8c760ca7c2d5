/** Fixtures of a UI test suite: a folder and a workbench, set up before the first test and torn down after the last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/** Creates a temporary folder that is removed after the suite. */
export function useFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface SuiteOptions extends Omit<WorkbenchOptions, 'servers' | 'extensions'> {
  /** Whether the suite looks at its server's processes or logs, which others would disturb. */
  readonly hasOwnServer?: boolean;
}

/**
 * Opens the workbench after the `beforeAll` hooks above the call, so that these can fill the folder, and then calls
 * `onOpen`. A failing test leaves `test-results/failed-<its name>.png`.
 */
export function useWorkbench(
  options: SuiteOptions = {},
  onOpen: () => void | Promise<void> = () => undefined,
): Workbench {
  const workbench = new SuiteWorkbench();
  beforeAll(async () => {
    await workbench.open(options);
    await onOpen();
  });
  beforeEach(({ task, onTestFailed }) => {
    const name = task.name.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-');
    onTestFailed(() => workbench.screenshot(`failed-${name.slice(0, 60)}`));
  });
  afterAll(() => workbench.close());
  return workbench;
}

/** Proxy for a workbench that is not open yet, so that suites can pass it to helpers at declaration. */
class SuiteWorkbench implements Workbench {
  #opened: Workbench | undefined;

  async open({ hasOwnServer = false, ...options }: SuiteOptions): Promise<void> {
    const { workspaceFolder, ...others } = options;
    const shares = !hasOwnServer && Object.keys(others).length === 0;
    this.#opened = await openWorkbench({
      ...options,
      extensions: inject('extensions'),
      ...(shares ? { servers: inject('servers') } : {}),
    });
  }

  get #workbench(): Workbench {
    if (this.#opened === undefined)
      throw new Error('The workbench is not open yet: use it in tests and hooks.');
    return this.#opened;
  }

  get page(): Page {
    return this.#workbench.page;
  }

  get folder(): string {
    return this.#workbench.folder;
  }

  runCommand(title: string): Promise<void> {
    return this.#workbench.runCommand(title);
  }

  openContainer(title: string): Promise<void> {
    return this.#workbench.openContainer(title);
  }

  treeItems(tree: string): Locator {
    return this.#workbench.treeItems(tree);
  }

  webview(selector: string): Promise<Frame> {
    return this.#workbench.webview(selector);
  }

  notification(text: string): Promise<Locator> {
    return this.#workbench.notification(text);
  }

  reload(): Promise<void> {
    return this.#workbench.reload();
  }

  screenshot(name: string): Promise<void> {
    return this.#workbench.screenshot(name);
  }

  async close(): Promise<void> {
    await this.#opened?.close();
  }
}
