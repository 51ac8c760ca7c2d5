/** Pages that exports write: they open from a folder, without a server or a network. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser';
import { installChromium } from '../chromium';
import { train } from './command-line';
import { useFolder } from './use-workbench';

/** The picture that the page shows, as text for comparison. */
const PICTURE = "document.querySelector('#picture').toDataURL()";

describe('exported pages', () => {
  const folder = useFolder('gan-exported-');
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  const exported = (format: string, name: string): string => {
    const run = join('gan-runs', '00001-digits-conditional');
    const args = [resolve('dist/gan.cjs'), 'export', run, '--format', format, '--out', name];
    execFileSync(process.execPath, args, { cwd: folder, stdio: 'pipe' });
    return join(folder, name);
  };
  const open = async (path: string): Promise<void> => {
    await page.goto(pathToFileURL(path).href);
  };

  beforeAll(async () => {
    cpSync(resolve('examples/digits-conditional.gan.json'), join(folder, 'digits-conditional.gan.json'));
    train(folder, 20, 'digits-conditional', ['data.batchSize=8', 'logging.sampleEvery=10']);
    mkdirSync('test-results', { recursive: true });
    ({ browser, page } = await openBrowser(installChromium(), folder));
    await page.context().setOffline(true);
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterAll(() => browser.close());

  it('draw another sample for every slider, class and seed', async () => {
    await open(join(exported('web', 'page'), 'index.html'));
    await page.locator('body[data-state=ready]').waitFor();
    const changes = async (act: () => Promise<unknown>): Promise<void> => {
      const before = await page.evaluate(PICTURE);
      await act();
      await expect.poll(() => page.evaluate(PICTURE)).not.toBe(before);
    };
    await changes(() => page.getByRole('slider', { name: 'Direction 2', exact: true }).fill('4'));
    await changes(() => page.getByRole('combobox', { name: 'Class' }).selectOption('7'));
    await changes(() => page.getByRole('spinbutton', { name: 'Seed' }).fill('5'));
    await changes(() => page.getByRole('button', { name: 'Reset directions' }).click());
    await page.screenshot({ path: 'test-results/exported-web.png' });
    expect(problems).toEqual([]);
  });

  it('report a run on screens of both kinds and on A4', async () => {
    await open(exported('report', 'report.html'));
    await page.getByRole('heading', { name: 'Provenance' }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/exported-report-${colorScheme}.png`, fullPage: true });
    }
    const widths = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(widths)).toBe(0);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    const size = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'));
    // A4 in points.
    expect([Number(size?.[1]), Number(size?.[2])].map(Math.round)).toEqual([595, 842]);
    expect(problems).toEqual([]);
  });
});
