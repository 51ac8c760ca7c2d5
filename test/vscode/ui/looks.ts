/** The themes and widths in which every view is checked. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import { faintTexts } from './geometry';
import { PATIENCE_MS, type Workbench } from './workbench';

interface Look {
  readonly theme: string;
  /** Class of a webview's body under the theme. */
  readonly ofPage: string;
  /** Class of the workbench under the theme. */
  readonly ofWorkbench: string;
  readonly size: { readonly width: number; readonly height: number };
}

const SIZE = { width: 1280, height: 900 };
const dark = { theme: 'Default Dark Modern', ofPage: 'vscode-dark', ofWorkbench: 'vs-dark' };

const light = { theme: 'Default Light Modern', ofPage: 'vscode-light', ofWorkbench: 'vs' };
const SLIM_SIZE = { width: 480, height: 1000 };

const LOOKS = {
  light: { ...light, size: SIZE },
  'high-contrast': {
    theme: 'Default High Contrast',
    ofPage: 'vscode-high-contrast',
    ofWorkbench: 'hc-black',
    size: SIZE,
  },
  'high-contrast-light': {
    theme: 'Default High Contrast Light',
    ofPage: 'vscode-high-contrast-light',
    ofWorkbench: 'hc-light',
    size: SIZE,
  },
  wide: { ...dark, size: { width: 1900, height: 1050 } },
  narrow: { ...dark, size: { width: 760, height: 1200 } },
  slim: { ...dark, size: SLIM_SIZE },
  'slim-light': { ...light, size: SLIM_SIZE },
  dark: { ...dark, size: SIZE },
} as const satisfies Readonly<Record<string, Look>>;
export type LookName = keyof typeof LOOKS;

/** Changes the theme and size of the workbench in which `folder` is open. */
export async function dress(workbench: Workbench, folder: string, name: LookName): Promise<Look> {
  const look: Look = LOOKS[name];
  const settings = join(folder, '.vscode');
  mkdirSync(settings, { recursive: true });
  await workbench.page.setViewportSize(look.size);
  const dressed = workbench.page.locator(`.monaco-workbench.${look.ofWorkbench}`);
  // VS Code can miss a file that is written just after its folder, so it is written until that has an effect.
  await expect
    .poll(
      async () => {
        writeFileSync(
          join(settings, 'settings.json'),
          JSON.stringify({ 'workbench.colorTheme': look.theme }),
        );
        return await dressed.waitFor({ timeout: 10_000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: PATIENCE_MS },
    )
    .toBe(true);
  return look;
}

/** Matches a control without a name in an accessibility snapshot. */
const UNNAMED = /^\s*- (?:button|checkbox|combobox|link|option|radio|searchbox|slider|textbox)\b(?! ")/;

/**
 * Checks a page in one look: no content is wider than the page, every control has a name, and everything is readable.
 * Writes `test-results/<page>-<look>.png`.
 */
export async function expectFits(
  workbench: Workbench,
  folder: string,
  frame: Frame,
  page: string,
  name: LookName,
): Promise<void> {
  const { ofPage } = await dress(workbench, folder, name);
  await frame.locator(`body.${ofPage}`).waitFor();
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await frame.evaluate(overflow), `${page} ${name}`).toBe(0);
  const read = await frame.locator('body').ariaSnapshot();
  expect(
    read.split('\n').filter((line) => UNNAMED.test(line)),
    `${page} ${name}`,
  ).toEqual([]);
  expect(await faintTexts(frame), `${page} ${name}`).toEqual([]);
  await workbench.screenshot(`${page}-${name}`);
}
