/** Holds a webview to its geometry: nothing of it lies over anything else, and nothing is cut off. */
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';

const SOURCE = resolve('test/vscode/in-page/layout-faults.ts');

function inPage(): string {
  const built = buildSync({
    entryPoints: [SOURCE],
    bundle: true,
    format: 'iife',
    globalName: 'geometry',
    write: false,
  });
  return `${built.outputFiles[0]?.text ?? ''}; geometry.layoutFaults()`;
}

/** What is wrong with the page of a frame as it is scrolled now, a sentence each. */
export async function layoutFaults(frame: Pick<Frame, 'evaluate'>): Promise<unknown> {
  return await frame.evaluate(inPage());
}

/** Waits until a page that is being laid out has no fault; `where` is told with those that stay. */
export async function expectNoLayoutFaults(frame: Pick<Frame, 'evaluate'>, where: string): Promise<void> {
  await expect.poll(() => layoutFaults(frame), { message: where, timeout: 10_000 }).toEqual([]);
}
