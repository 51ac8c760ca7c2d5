/** Checks the appearance of a webview: nothing overlaps, nothing is cut off, and everything is readable. */
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';

/** Bundles a module in `in-page` and returns the expression that calls one of its functions in the page. */
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

/** Returns the layout faults of a frame's page at its current scroll position, one sentence each. */
export async function layoutFaults(frame: Pick<Frame, 'evaluate'>): Promise<unknown> {
  return await frame.evaluate(inPage('layout-faults', 'layoutFaults'));
}

/** Waits until a page has no layout faults; `where` is reported with those that remain. */
export async function expectNoLayoutFaults(frame: Pick<Frame, 'evaluate'>, where: string): Promise<void> {
  await expect.poll(() => layoutFaults(frame), { message: where, timeout: 10_000 }).toEqual([]);
}

/** Returns the texts and icons with too little contrast under the current theme, one sentence each. */
export async function faintTexts(frame: Pick<Frame, 'evaluate'>): Promise<unknown> {
  return await frame.evaluate(inPage('faint-texts', 'faintTexts'));
}
