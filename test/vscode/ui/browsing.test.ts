/** Everyday use of existing runs in the tree: finding, renaming, tagging, resuming and deleting them. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { dress } from './looks';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

describe('browsing runs', () => {
  const folder = useFolder('gan-browsing-');
  const runs = join(folder, RUNS_FOLDER);

  function train(seed: number): void {
    const overrides = [
      `seed=${seed}`,
      'engine.threads=1',
      'logging.checkpointEvery=10',
      'logging.keepCheckpoints=4',
    ];
    execFileSync(
      process.execPath,
      [
        ...[resolve('dist/gan.cjs'), 'train', 'toy-ring.gan.json', '--steps', '40'],
        ...overrides.flatMap((override) => ['--set', override]),
      ],
      { cwd: folder, stdio: 'pipe' },
    );
  }

  function score(run: string, step: number, value: number): void {
    const record = { schemaVersion: 1, type: 'score', step, name: 'fid', value, protocol: 'test' };
    appendFileSync(join(runs, run, RUN_FILES.metrics), `${JSON.stringify(record)}\n`);
  }

  beforeAll(() => {
    cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
    for (const seed of [1, 2]) train(seed);
    for (const [step, value] of [
      [20, 31.25],
      [30, 12.5],
      [40, 15],
    ] as const)
      score('00001-toy-ring', step, value);
    for (const name of ['00003-toy-ring', '00004-toy-ring', '00005-toy-ring'])
      cpSync(join(runs, '00002-toy-ring'), join(runs, name), { recursive: true });
    writeFileSync(join(runs, '00003-toy-ring', RUN_FILES.run), '{');
    truncateSync(join(runs, '00004-toy-ring', RUN_FILES.metrics), 2 * 2 ** 30);
    rmSync(join(runs, '00005-toy-ring', RUN_FILES.checkpoints), { recursive: true });
    symlinkSync(folder, join(runs, '00005-toy-ring', RUN_FILES.checkpoints));
  });
  const workbench = useWorkbench({ workspaceFolder: folder }, async () => {
    await workbench.openContainer('GAN');
  });

  const rows = (): Locator => workbench.treeItems('Experiments');
  const row = (text: string): Locator => rows().filter({ hasText: text });
  const checkpoint = (step: number): Locator =>
    workbench.page.getByRole('treeitem', { name: new RegExp(`^checkpoint of step ${step}\\b`) });

  async function chooseInMenu(of: Locator, title: string): Promise<void> {
    // An item may show a keyboard shortcut next to its title.
    const item = workbench.page
      .getByRole('menuitem')
      .filter({ has: workbench.page.getByText(title, { exact: true }) });
    // VS Code marks the folder as trusted only some time after startup, and an open menu does not update.
    await expect
      .poll(
        async () => {
          await workbench.page.keyboard.press('Escape');
          await of.click({ button: 'right' });
          return await item.isEnabled();
        },
        { timeout: PATIENCE_MS },
      )
      .toBe(true);
    // A menu ignores a click that may be part of the gesture that opened it.
    await item.hover();
    await workbench.page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
  }

  async function answer(text: string): Promise<void> {
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await input.fill(text);
    await input.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  it('shows each with its best score, and the damaged ones as such', async () => {
    await row('best FID 12.5 (step 30)').filter({ hasText: '00001-toy-ring' }).waitFor();
    await row('00003-toy-ring').filter({ hasText: 'damaged' }).waitFor();
    await row('00004-toy-ring').filter({ hasText: 'files are damaged' }).waitFor();
    await workbench.screenshot('tree');
  });

  it('shows the newest samples of the run that is pointed at', async () => {
    await row('00002-toy-ring').hover();
    const picture = workbench.page.locator('.monaco-hover img[src^="data:image/png"]');
    await picture.waitFor();
    await expect.poll(() => picture.getAttribute('alt')).toBe('Samples at step 40');
    expect(await picture.evaluate((image) => image.clientWidth)).toBe(120);
    await workbench.screenshot('tree-hover');
    await workbench.page.mouse.move(0, 0);
    await picture.waitFor({ state: 'hidden' });
  });

  it('lists the checkpoints of a run, the best one marked, and says why there are none', async () => {
    await row('00001-toy-ring').locator('.monaco-tl-twistie').click();
    await checkpoint(30).filter({ hasText: 'best' }).waitFor();
    await expect
      .poll(() => row('Step').filter({ hasNotText: 'toy-ring' }).allInnerTexts())
      .toEqual([
        expect.stringContaining('Step 40'),
        expect.stringContaining('Step 30'),
        expect.stringContaining('Step 20'),
        expect.stringContaining('Step 10'),
      ]);
    await chooseInMenu(checkpoint(10), 'Pin Checkpoint');
    await checkpoint(10).filter({ hasText: 'pinned' }).waitFor();
    await row('00005-toy-ring').locator('.monaco-tl-twistie').click();
    await row('is a link to').waitFor();
    await workbench.screenshot('tree-checkpoints');
    for (const look of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
      await dress(workbench, folder, look);
      await workbench.screenshot(`tree-${look}`);
    }
    await row('00005-toy-ring').first().locator('.monaco-tl-twistie').click();
  });

  it('renames and tags a run', async () => {
    await chooseInMenu(row('00002-toy-ring'), 'Rename…');
    await answer('Other seed');
    await row('Other seed').waitFor();
    await chooseInMenu(row('Other seed'), 'Edit Tags…');
    await answer('good, paper');
    await row('Other seed').filter({ hasText: '#good · #paper' }).waitFor();
    const labels = readFileSync(join(runs, '00002-toy-ring', 'control', 'labels.json'), 'utf8');
    expect(JSON.parse(labels)).toMatchObject({ name: 'Other seed', tags: ['good', 'paper'] });
  });

  it('renames by F2 and deletes by Delete what is selected, where a click has left the focus', async () => {
    await row('00001-toy-ring').click();
    await workbench.webview('.facts');
    await workbench.page.keyboard.press('F2');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await expect.poll(() => input.inputValue()).toBe('00001-toy-ring');
    await workbench.screenshot('tree-rename');
    await answer('First seed');
    await row('First seed').waitFor();
    await workbench.page.keyboard.press('F2');
    await expect.poll(() => input.inputValue()).toBe('First seed');
    await answer('');
    await row('00001-toy-ring').waitFor();
    await workbench.page.keyboard.press('Delete');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Delete the run 00001-toy-ring').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(readdirSync(runs)).toContain('00001-toy-ring');
    await workbench.runCommand('View: Close All Editors');
  });

  it('has rows that are read without paths, and opens dashboards from them', async () => {
    const names = await rows().evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
    expect(names.filter((name) => name === null || name.includes(folder))).toEqual([]);
    expect(names).toContainEqual(
      expect.stringMatching(/^00001-toy-ring, completed, step 40 of 40, best FID 12\.5 \(step 30\)/),
    );
    await row('00001-toy-ring').hover();
    await row('00001-toy-ring').getByRole('button', { name: 'Open Dashboard' }).click();
    await workbench.webview('.facts');
    await workbench.runCommand('View: Close All Editors');
  });

  it('filters by words, tags and states, and shows all again', async () => {
    await workbench.runCommand('GAN: Filter Runs…');
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await input.fill('#paper seed');
    await row('Other seed').waitFor();
    await row('00001-toy-ring').waitFor({ state: 'detached' });
    await workbench.screenshot('tree-filter-typing');
    await input.press('Enter');
    await workbench.page.getByText('Runs matching “#paper seed”: 1 of 5').waitFor();
    await workbench.screenshot('tree-filter');
    await workbench.runCommand('GAN: Filter Runs…');
    await answer('no such run');
    await workbench.page.getByText('Runs matching “no such run”: 0 of 5').waitFor();
    expect(await rows().count()).toBe(0);
    expect(await workbench.page.getByText('No experiments yet.').isVisible()).toBe(false);
    await workbench.screenshot('tree-filter-none');
    await workbench.runCommand('GAN: Clear Filter');
    await row('00001-toy-ring').waitFor();
  });

  it('goes on from an older checkpoint as a new run', async () => {
    // Rows that the filter had hidden come back collapsed.
    await row('00001-toy-ring').locator('.monaco-tl-twistie').click();
    await chooseInMenu(checkpoint(20), 'Resume from Checkpoint');
    await row('00006-toy-ring').filter({ hasText: '40/40' }).waitFor({ timeout: PATIENCE_MS });
    await expect
      .poll(() => JSON.parse(readFileSync(join(runs, '00006-toy-ring', RUN_FILES.run), 'utf8')))
      .toMatchObject({ status: 'completed', parent: { run: '00001-toy-ring', step: 20 } });
    await workbench.runCommand('View: Close All Editors');
  });

  it('deletes a run, for good where there is no trash', async () => {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    const question = dialog.getByText('Delete the run 00002-toy-ring');
    const picker = workbench.page.locator('.quick-input-title', { hasText: 'Delete Run' });
    await chooseInMenu(row('Other seed'), 'Delete Run');
    await question.or(picker).waitFor();
    // VS Code can lose the row of a menu when the tree is redrawn at the same time: the command then asks for a run.
    if (await picker.isVisible())
      await workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Other seed' }).click();
    await question.waitFor();
    await workbench.screenshot('delete-run');
    await dialog.getByRole('button', { name: 'Move to Trash' }).click();
    await dialog.getByText('could not be moved to the trash').waitFor();
    await workbench.screenshot('delete-run-for-good');
    await dialog.getByRole('button', { name: 'Delete Permanently' }).click();
    await row('Other seed').waitFor({ state: 'detached' });
    expect(existsSync(join(runs, '00002-toy-ring'))).toBe(false);
    expect(readdirSync(runs)).toContain('00001-toy-ring');
  });

  it('starts an experiment from its file, and lets what waits be cancelled or begin at once', async () => {
    const text = readFileSync(join(folder, 'toy-ring.gan.json'), 'utf8').replace('5000', '500000');
    writeFileSync(join(folder, 'long.gan.json'), text);
    await workbench.runCommand('View: Show Explorer');
    const file = workbench.page.getByRole('treeitem', { name: 'long.gan.json' });
    await chooseInMenu(file, 'Start Training');
    await workbench.openContainer('GAN');
    // Until training starts, the whole tree is refreshed, and a click may hit a row that is about to be replaced.
    await row('00007-long')
      .filter({ hasText: /[1-9][\d,]*\/500,000/ })
      .waitFor({ timeout: PATIENCE_MS });
    const waiting = row('New run').filter({ hasText: 'waiting' });
    const experiment = row('long').first();
    await experiment.hover();
    await experiment.getByRole('button', { name: 'Start Training' }).click();
    await waiting.hover();
    await workbench.screenshot('tree-waiting');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waiting.waitFor({ state: 'detached' });
    await chooseInMenu(experiment, 'Start Training');
    await waiting.hover();
    await waiting.getByRole('button', { name: 'Start Now' }).click();
    await row('00008-long').waitFor({ timeout: PATIENCE_MS });
    expect(readdirSync(runs)).toEqual(expect.arrayContaining(['00007-long', '00008-long']));
    const item = workbench.page.locator('.statusbar-item', { hasText: /GAN: \d+% · .+ left \(\+1\)/ });
    await item.hover();
    await workbench.page.locator('.monaco-hover').getByText('Open Dashboard').first().waitFor();
    await workbench.screenshot('status-bar-tooltip');
    await chooseInMenu(row('00007-long'), 'Save Checkpoint');
    await workbench.notification('Checkpoint saved at step');
    await workbench.screenshot('checkpoint-saved');
  });

  /** The tree may be redrawn while it is clicked. */
  async function expand(of: Locator): Promise<void> {
    await expect
      .poll(
        async () => {
          const isExpanded = (await of.getAttribute('aria-expanded')) === 'true';
          if (!isExpanded) await of.locator('.monaco-tl-twistie').click();
          return isExpanded;
        },
        { timeout: PATIENCE_MS },
      )
      .toBe(true);
  }

  it('shows a sweep with its trials while it is trained, stops it and goes on with it', async () => {
    const sweep = {
      experiment: 'toy-ring.gan.json',
      set: {
        'length.steps': 500_000,
        evaluation: { every: 100, samples: 100, metrics: ['slicedWasserstein'] },
      },
      parameters: { 'optimiser.beta1': [0.5, 0.9] },
      search: 'grid',
      seeds: 1,
      objective: 'slicedWasserstein',
    };
    writeFileSync(join(folder, 'betas.gan-sweep.json'), JSON.stringify(sweep));
    const command = spawn(process.execPath, [resolve('dist/gan.cjs'), 'sweep', 'betas.gan-sweep.json'], {
      cwd: folder,
      stdio: 'ignore',
    });
    const ended = once(command, 'exit');
    const ofSweep = row('00001-betas');
    await ofSweep.filter({ hasText: 'running · 0 of 2 trials' }).waitFor({ timeout: PATIENCE_MS });
    await expand(ofSweep);
    const trial = row('Trial 1');
    await trial.filter({ hasText: 'SWD' }).filter({ hasText: 'beta1 0.5' }).waitFor({ timeout: PATIENCE_MS });
    await row('Trials: 1').filter({ hasText: 'waiting' }).waitFor();
    await workbench.screenshot('tree-sweep');
    await expand(trial);
    // Its run is below the trial alone.
    await expect.poll(() => row('-toy-ring').filter({ hasText: '/500,000' }).count()).toBe(1);
    await chooseInMenu(ofSweep, 'Stop Sweep');
    await ended;
    await ofSweep.filter({ hasText: 'stopped · 0 of 2 trials' }).waitFor({ timeout: PATIENCE_MS });
    await chooseInMenu(ofSweep, 'Resume Sweep');
    await ofSweep.filter({ hasText: 'running' }).waitFor({ timeout: PATIENCE_MS });
    await workbench.screenshot('tree-sweep-resumed');
    await chooseInMenu(ofSweep, 'Stop Sweep');
    await ofSweep.filter({ hasText: 'stopped' }).waitFor({ timeout: PATIENCE_MS });
    // A menu of a row that is replaced while it is open has lost its sweep.
    await trial.filter({ hasText: 'stopped' }).waitFor({ timeout: PATIENCE_MS });
    await chooseInMenu(ofSweep, 'Open Sweep');
    await workbench.webview('.sweep');
  });
});
