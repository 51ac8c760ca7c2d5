/** Exploring a trained generator: moving through its latents, keeping samples, and ranking runs in the table. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { train } from './command-line';
import { dropOf } from './drop';
import { dress, expectFits } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const STEPS = 40;

/** The image as text, for comparison. */
const PICTURE = "document.querySelector('.picture').toDataURL()";

/** Milliseconds from moving a slider until the new image has been painted, for each move. */
const LATENCIES = `(async () => {
  const slider = document.querySelector('.directions input[type=range]');
  const canvas = document.querySelector('.picture');
  const picture = () => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.join();
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const latencies = [];
  for (let move = 0; move < 40; move++) {
    const before = picture();
    const start = performance.now();
    slider.value = String(-5 + move / 4);
    slider.dispatchEvent(new Event('input'));
    while (picture() === before) await new Promise((done) => setTimeout(done));
    await painted();
    latencies.push(performance.now() - start);
  }
  return latencies;
})()`;

/** A seven, as large as the digits of the run. */
const SEVEN = `<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28"><rect width="28" height="28"/>
  <path d="M8 7 H20 L12 22" fill="none" stroke="#fff" stroke-width="3"/></svg>`;

const LOOKS = ['light', 'high-contrast', 'narrow', 'dark'] as const;

describe('the latents of a run, and the table of runs', () => {
  const folder = useFolder('gan-explorer-');
  let explorer: Frame;
  let table: Frame;
  /** Of the latent that has been found for an image. */
  let found = '';

  beforeAll(() => {
    for (const name of ['digits-dcgan', 'toy-ring'])
      cpSync(resolve(`examples/${name}.gan.json`), join(folder, `${name}.gan.json`));
    train(folder, STEPS, 'digits-dcgan', ['data.batchSize=16', 'logging.checkpointEvery=20']);
    const scored = (samples: number): string[] => [
      'logging.sampleEvery=50',
      `evaluation={"every":50,"samples":${samples},"budgetShare":1}`,
    ];
    train(folder, 100, 'toy-ring', scored(200));
    train(folder, 50, 'toy-ring', scored(200));
    train(folder, 50, 'toy-ring', scored(100));
  });
  const workbench = useWorkbench({ workspaceFolder: folder }, async () => {
    await workbench.page.setViewportSize({ width: 1280, height: 900 });
  });

  const picture = async (): Promise<string> => String(await explorer.evaluate(PICTURE));

  /** Expects the image to change. */
  async function expectChange(act: () => Promise<void>): Promise<void> {
    const before = await picture();
    await act();
    await expect.poll(picture, { timeout: PATIENCE_MS }).not.toBe(before);
  }

  it('opens from the dashboard and follows every control', async () => {
    await workbench.openContainer('GAN');
    await workbench.treeItems('Experiments').filter({ hasText: '00001-digits-dcgan' }).click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.locator('vscode-button', { hasText: 'Explore Latents' }).click();
    explorer = await workbench.webview('.neighbours canvas');
    await expect.poll(() => explorer.locator('.neighbours canvas').count()).toBe(8);
    await expect.poll(() => explorer.locator('.facts').innerText()).toContain('normal prior');

    const latentA = explorer.getByRole('spinbutton', { name: 'Latent A' });
    await expectChange(async () => {
      await latentA.fill('7');
      await latentA.press('Enter');
    });
    await expectChange(() => explorer.getByRole('slider', { name: 'Direction 1' }).fill('4'));
    await expectChange(() => explorer.getByRole('slider', { name: 'A to B' }).fill('1'));
    await expectChange(() => explorer.getByRole('slider', { name: 'Threshold' }).fill('0.5'));
    const pad = explorer.getByRole('application');
    await expectChange(() => pad.press('Shift+ArrowUp'));
    await expect.poll(() => explorer.getByRole('slider', { name: 'Direction 2' }).inputValue()).toBe('1.5');
    await expectChange(() => pad.click({ position: { x: 30, y: 150 } }));
    await expectChange(async () => {
      await explorer.getByRole('combobox', { name: 'Checkpoint' }).selectOption('20');
    });
  });

  it('shows a change at once', async () => {
    const latencies: unknown = await explorer.evaluate(LATENCIES);
    const sorted = Array.isArray(latencies) ? latencies.map(Number).sort((a, b) => a - b) : [];
    expect(sorted).toHaveLength(40);
    const at = (share: number): string => `${(sorted[Math.floor(share * 39)] ?? 0).toFixed(1)} ms`;
    const text = `from slider to painted picture: median ${at(0.5)}, 95 % within ${at(0.95)}, longest ${at(1)}`;
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/explorer-latency.txt', `${text}\n`);
  });

  it('keeps samples, and exports them as a picture', async () => {
    const keep = explorer.locator('vscode-button', { hasText: 'Keep Sample' });
    await keep.click();
    await explorer.getByRole('button', { name: 'Latent B: new random latent' }).click();
    await keep.click();
    await expect.poll(() => explorer.locator('.chosen canvas').count()).toBe(2);
    await explorer.locator('vscode-button', { hasText: 'Export as PNG' }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain('-kept-samples.png');
    const file = join(folder, 'chosen.png');
    await input.fill(file);
    await workbench.page.keyboard.press('Enter');
    // VS Code creates the file before it writes to it.
    await expect
      .poll(() => existsSync(file) && readFileSync(file).subarray(1, 4).toString(), { timeout: PATIENCE_MS })
      .toBe('PNG');
    for (const look of LOOKS) await expectFits(workbench, folder, explorer, 'explorer', look);
  });

  it('saves a loop through the kept samples as an animation', async () => {
    await explorer.getByRole('button', { name: 'Save Animation…' }).click();
    const box = workbench.page.locator('.quick-input-widget');
    const input = box.locator('input[type=text]');
    await box.getByText('Duration of the loop in seconds').waitFor();
    await input.fill('1');
    await workbench.page.keyboard.press('Enter');
    await box.locator('.monaco-list-row', { hasText: '10 frames per second' }).click();
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain('-latents.webp');
    await input.fill(join(folder, 'loop.gif'));
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('Saved loop.gif.');
    const { format, pages } = await sharp(join(folder, 'loop.gif')).metadata();
    expect({ format, pages }).toEqual({ format: 'gif', pages: 10 });
  });

  it('exports the generator of the checkpoint that it shows', async () => {
    await explorer.getByRole('button', { name: 'Export…' }).click();
    const rows = workbench.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'for ONNX Runtime' }).waitFor();
    await workbench.screenshot('export-formats');
    await rows.filter({ hasText: 'ONNX model' }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect
      .poll(() => input.inputValue(), { timeout: PATIENCE_MS })
      .toContain('00001-digits-dcgan.onnx');
    const file = join(folder, 'generator.onnx');
    await input.fill(file);
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('Saved generator.onnx.');
    expect(readFileSync(file).includes('step 20')).toBe(true);
  });

  it('finds the latent of an image that is dropped, which every control then moves', async () => {
    await sharp(Buffer.from(SEVEN)).png().toFile(join(folder, 'seven.png'));
    const seven = readFileSync(join(folder, 'seven.png')).toString('base64');
    await explorer.evaluate(dropOf({ 'a.png': seven, 'b.png': seven }));
    await workbench.notification('Only one image can be inverted at a time.');
    await expectChange(async () => {
      await explorer.evaluate(dropOf({ 'dropped.png': seven }));
      await explorer.getByText('Inverting dropped.png').waitFor();
      await explorer.getByText('PSNR').first().waitFor({ timeout: PATIENCE_MS });
    });
    const ends = explorer.locator('.seed-field');
    await expect.poll(() => ends.first().innerText()).toContain('dropped.png');
    await expect.poll(() => explorer.getByRole('slider', { name: 'Direction 1' }).inputValue()).toBe('0');
    found = await picture();
    await expectChange(() => explorer.getByRole('slider', { name: 'Direction 1' }).fill('3'));
    await expectChange(() => explorer.getByRole('slider', { name: 'A to B' }).fill('0.6'));
    await explorer.getByRole('button', { name: 'Use as B' }).click();
    await expect.poll(picture).toBe(found);
    await explorer.getByRole('button', { name: 'Latent A: new random latent' }).click();
    await expectChange(() => explorer.getByRole('slider', { name: 'A to B' }).fill('0'));
    await workbench.runCommand('Notifications: Clear All Notifications');
    for (const look of LOOKS) await expectFits(workbench, folder, explorer, 'inversion', look);
    await expectFits(workbench, folder, explorer, 'inversion-beside', 'slim');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    for (const look of ['slim', 'slim-light'] as const)
      await expectFits(workbench, folder, explorer, 'inversion', look);
    await dress(workbench, folder, 'dark');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  it('keeps the found image when the search for another is cancelled', async () => {
    await workbench.runCommand('GAN: Invert Image…');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00001' }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain(folder);
    await input.fill(join(folder, 'seven.png'));
    await workbench.page.keyboard.press('Enter');
    await explorer.getByText('Inverting seven.png').waitFor();
    await explorer.getByRole('button', { name: 'Cancel' }).click();
    await explorer.getByRole('progressbar').waitFor({ state: 'hidden' });
    await explorer.getByText('Also compare images by a classifier').click();
    const seven = readFileSync(join(folder, 'seven.png')).toString('base64');
    await explorer.evaluate(dropOf({ 'other.png': seven }));
    await explorer.getByText('Training a classifier to compare images by').waitFor();
    await workbench.screenshot('inversion-progress');
    await explorer.getByRole('button', { name: 'Cancel' }).click();
    await explorer.getByText('dropped.png and the nearest image').waitFor();
    await explorer.getByRole('progressbar').waitFor({ state: 'hidden' });
    await explorer.getByRole('button', { name: 'Use as A' }).click();
    await expect.poll(picture).toBe(found);
  });

  it('is there again after a reload, at the same place', async () => {
    const before = await picture();
    await workbench.reload();
    explorer = await workbench.webview('.neighbours canvas');
    await expect.poll(picture, { timeout: PATIENCE_MS }).toBe(before);
    await expect.poll(() => explorer.locator('.chosen canvas').count()).toBe(2);
    await expect.poll(() => explorer.locator('.seed-field').first().innerText()).toContain('dropped.png');
    await explorer.getByRole('img', { name: 'Your image: dropped.png' }).waitFor();
    await expect
      .poll(() =>
        explorer.locator('.inverted canvas').evaluateAll((shown) => shown.map((one) => one.clientWidth)),
      )
      .toEqual([128, 128]);
  });

  it('shows where in the plane latents of points land', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Explore Latents');
    await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: '00002' }).click();
    explorer = await workbench.webview('.plane');
    await explorer.getByText('Generated point:').waitFor();
    await workbench.screenshot('explorer-plane');
  });

  it('lists all runs, sorted by any column and by scores of one protocol alone', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Show Runs Table');
    table = await workbench.webview('.runs .best');
    const names = (): Promise<string[]> => table.locator('tr.run .link').allInnerTexts();
    await expect
      .poll(names)
      .toEqual(['00004-toy-ring', '00003-toy-ring', '00002-toy-ring', '00001-digits-dcgan']);
    const pictures = table.locator('.thumbnail');
    await expect
      .poll(() => pictures.evaluateAll((shown) => shown.map((one) => one.clientHeight > 20)))
      .toEqual(Array(4).fill(true));
    const growth = `(([row, picture]) => {
      const full = row.offsetHeight;
      picture.hidden = true;
      const empty = row.offsetHeight;
      picture.hidden = false;
      return full - empty;
    })([document.querySelector('tr.run'), document.querySelector('.thumbnail')])`;
    expect(await table.evaluate(growth)).toBe(0);
    await workbench.screenshot('runs-table-pictures');
    await table.getByRole('button', { name: 'Run', exact: true }).click();
    expect((await names())[0]).toBe('00001-digits-dcgan');
    await table.getByRole('button', { name: 'Step', exact: true }).click();
    expect((await names())[0]).toBe('00002-toy-ring');
    await expect.poll(() => table.locator('th[aria-sort=descending]').innerText()).toContain('Step');

    await table.getByRole('button', { name: 'SWD' }).click();
    const groups = await table.locator('tr.group').allInnerTexts();
    expect(groups).toHaveLength(3);
    expect(groups[0]).toMatch(/^[A-Z]: 200 samples/);
    expect(groups[1]).toMatch(/^[A-Z]: 100 samples/);
    expect(groups[2]).toContain('No SWD score');
    const ofGroup = table.locator('tbody').first().locator('tr.run');
    expect((await ofGroup.locator('.link').allInnerTexts()).toSorted()).toEqual([
      '00002-toy-ring',
      '00003-toy-ring',
    ]);
    const heads = await table.locator('thead th').allInnerTexts();
    const column = heads.findIndex((title) => title.startsWith('SWD')) + 1;
    const cells = await ofGroup.locator(`> :nth-child(${column}) .score`).allInnerTexts();
    const values = cells.map((text) => Number.parseFloat(text.replace(/^[^\d]*/, '')));
    expect(values).toHaveLength(2);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    for (const look of LOOKS) await expectFits(workbench, folder, table, 'runs-table', look);
  });

  it('has a column for any setting, filters by it, and compares the runs that are checked', async () => {
    await table.getByRole('button', { name: 'Columns…' }).click();
    const picker = workbench.page.locator('.quick-input-widget');
    await picker.locator('input[type=text]').fill('evaluation.samples');
    await picker.getByRole('checkbox', { name: 'evaluation.samples', exact: true }).click();
    await workbench.screenshot('runs-table-columns');
    // The check box has the focus, so Enter would undo the choice.
    await picker.getByRole('button', { name: 'OK' }).click();
    await table.getByRole('button', { name: 'evaluation.samples' }).waitFor();
    const filter = table.getByRole('textbox', { name: 'Filter runs' });
    await filter.fill('toy 100');
    await table.getByText('Shown: 1 of 4').waitFor();
    await expect.poll(() => table.locator('tr.run .link').allInnerTexts()).toEqual(['00004-toy-ring']);
    await filter.fill('toy');
    const compare = table.getByRole('button', { name: /^Compare/ });
    await table.getByRole('checkbox', { name: 'Compare 00002-toy-ring' }).check();
    await expect.poll(() => compare.isDisabled()).toBe(true);
    await table.getByRole('checkbox', { name: 'Compare 00003-toy-ring' }).check();
    await workbench.screenshot('runs-table-checked');
    await table.getByRole('button', { name: 'Compare (2)' }).click();
    const comparison = await workbench.webview('.legend-table');
    await comparison.getByRole('heading', { name: '2 runs compared' }).waitFor();
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('GAN: Show Runs Table');
    table = await workbench.webview('.runs .best');
    await table.getByRole('button', { name: 'evaluation.samples' }).waitFor();
  });

  it('averages over seeds, moves columns, and exports what it shows', async () => {
    for (const seed of [2, 3])
      train(folder, 50, 'toy-ring', [
        'logging.sampleEvery=50',
        'evaluation={"every":50,"samples":200,"budgetShare":1}',
        `seed=${seed}`,
      ]);
    await table.getByRole('textbox', { name: 'Filter runs' }).fill('');
    const joined = table.getByRole('button', { name: 'toy-ring (3 seeds)' });
    await joined.waitFor({ timeout: PATIENCE_MS });
    const row = table.locator('tr.run').filter({ has: joined });
    await expect.poll(() => row.innerText()).toContain('00003, 00005, 00006');
    await expect.poll(() => row.innerText()).toMatch(/[\d.]+ ± [\d.]+/);
    await expect.poll(() => table.locator('tr.run').count()).toBe(4);
    await joined.click();
    await table.locator('tr.member', { hasText: '00005-toy-ring' }).waitFor();
    await expect.poll(() => joined.getAttribute('aria-expanded')).toBe('true');
    await expect.poll(() => table.locator('tr.member').count()).toBe(3);
    await table.getByRole('button', { name: 'Duration' }).press('Alt+ArrowLeft');
    const heads = async (): Promise<string[]> =>
      (await table.locator('thead th').allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
    await expect
      .poll(async () => (await heads()).indexOf('Step') - (await heads()).indexOf('Duration'))
      .toBe(1);
    for (const look of ['slim', 'slim-light', 'light', 'dark'] as const)
      await expectFits(workbench, folder, table, 'runs-table-seeds', look);

    const file = join(folder, 'runs.csv');
    await table.getByRole('button', { name: 'Export the table as CSV' }).click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue(), { timeout: PATIENCE_MS }).toContain('runs.csv');
    await input.fill(file);
    await workbench.page.keyboard.press('Enter');
    await expect.poll(() => existsSync(file), { timeout: PATIENCE_MS }).toBe(true);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^Run,Runs,.*Duration \(s\),"Duration \(s\), standard deviation"/);
    expect(lines.filter((line) => /^toy-ring,3,/.test(line))).toHaveLength(1);

    await table.getByText('Average over seeds').click();
    await expect.poll(() => table.locator('tr.run').count()).toBe(6);
    await table.getByText('Average over seeds').click();
    await joined.waitFor();
  });

  it('leads from the table to the dashboard of a run', async () => {
    await table.getByRole('button', { name: '00004-toy-ring' }).click();
    const dashboard = await workbench.webview('.chart canvas');
    await dashboard.getByText('Step 50 of 50').waitFor();
  });
});
