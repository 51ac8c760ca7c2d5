/** Holds a webview to its looks: nothing of it lies over anything else, nothing is cut off, and all can be read. */
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';

/** What a function of one of the modules in `in-page` returns there. */
function inPage(module: string, call: string): string {
  const built = buildSync({
    entryPoints: [resolve(`test/vscode/in-page/${module}.ts`)],
    bundle: true,
    format: 'iife',
    globalName: 'page',
    write: false,
  });
  return `${built.outputFiles[0]?.text ?? ''}; page.${call}()`;
}

/** What is wrong with the page of a frame as it is scrolled now, a sentence each. */
export async function layoutFaults(frame: Pick<Frame, 'evaluate'>): Promise<unknown> {
  return await frame.evaluate(inPage('layout-faults', 'layoutFaults'));
}

/** Waits until a page that is being laid out has no fault; `where` is told with those that stay. */
export async function expectNoLayoutFaults(frame: Pick<Frame, 'evaluate'>, where: string): Promise<void> {
  await expect.poll(() => layoutFaults(frame), { message: where, timeout: 10_000 }).toEqual([]);
}

/** Texts and icons that can hardly be told from what is behind them under the theme of now, a sentence each. */
export async function faintTexts(frame: Pick<Frame, 'evaluate'>): Promise<unknown> {
  return await frame.evaluate(inPage('faint-texts', 'faintTexts'));
}
