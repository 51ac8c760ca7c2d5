/** Training on a cluster, whose commands are stand-ins: what waits and why, where it is trained, and how it is ended. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { StandInSlurm } from '../../support/stand-in-slurm';
import { useFolder, useWorkbench } from './use-workbench';
import { PATIENCE_MS } from './workbench';

const GAN = resolve('dist/gan.cjs');

const sweep = {
  experiment: 'toy-ring.gan.json',
  set: {
    'length.steps': 60,
    evaluation: { every: 20, samples: 200, metrics: ['slicedWasserstein'], budgetShare: 1 },
    'engine.threads': 1,
  },
  parameters: { 'latent.size': [2, 4, 8] },
  search: 'grid',
  seeds: 1,
  objective: 'slicedWasserstein',
  pruning: 'none',
  slurm: { cpus: 1 },
};

describe('Slurm', () => {
  const folder = useFolder('gan-slurm-');
  const home = useFolder('gan-slurm-home-');
  const slurm = new StandInSlurm(useFolder('gan-slurm-commands-'));
  const environment = { ...process.env, PATH: slurm.path };
  // VS Code takes the path of its extension host from a login shell.
  for (const name of ['.bash_profile', '.profile'])
    writeFileSync(join(home, name), `export PATH='${slurm.path}'\n`);
  cpSync(resolve('examples/toy-ring.gan.json'), join(folder, 'toy-ring.gan.json'));
  writeFileSync(join(folder, 'ring.gan-sweep.json'), JSON.stringify(sweep, undefined, 2));

  const workbench = useWorkbench({
    workspaceFolder: folder,
    hasOwnServer: true,
    environment: { HOME: home },
  });
  const row = (text: string | RegExp): Locator =>
    workbench.treeItems('Experiments').filter({ hasText: text });
  const shown = (text: string | RegExp): Promise<void> => row(text).first().waitFor({ timeout: PATIENCE_MS });

  const tasks: ChildProcess[] = [];
  afterAll(() => {
    for (const task of tasks) task.kill('SIGKILL');
  });
  /** What a task of a job does on its node. */
  function begin(job: number, node: string, ...args: readonly string[]): void {
    slurm.setQueue(job, [`RUNNING|${node}`]);
    const place = { SLURM_JOB_ID: String(job), SLURMD_NODENAME: node };
    tasks.push(
      spawn(process.execPath, [GAN, ...args], {
        cwd: folder,
        env: { ...environment, ...place },
        stdio: 'ignore',
      }),
    );
  }

  it('shows a sweep that waits, and why', async () => {
    execFileSync(process.execPath, [GAN, 'sweep', 'ring.gan-sweep.json', '--slurm'], {
      cwd: folder,
      env: environment,
      stdio: 'pipe',
    });
    await workbench.openContainer('GAN');
    await shown(/00001-ring.*3 in the queue \(Priority\)/);
    await row(/00001-ring/)
      .locator('.monaco-tl-twistie')
      .click();
    await shown(/Slurm job 42pending: 3 \(Priority\)/);
    await workbench.screenshot('slurm-sweep-waits');
  });

  it('resumes a sweep from its page, by Slurm or here', async () => {
    await row(/00001-ring/).click();
    const page = await workbench.webview('.level-choice');
    await page.getByText('3 in the queue (Priority)').waitFor();
    expect(await page.locator('vscode-toolbar-button[label="Resume Sweep"]').isVisible()).toBe(false);
    await workbench.screenshot('slurm-sweep-page');
    slurm.setQueue(42, undefined);
    await page.locator('vscode-toolbar-button[label="Resume Sweep"]').click();
    const places = workbench.page.locator('.quick-input-widget .monaco-list-row .label-name');
    await expect.poll(() => places.allTextContents()).toEqual(['By a job array of Slurm', 'On this machine']);
    await workbench.page.keyboard.press('Escape');
  });

  it('shows where a trial is trained, and ends the sweep by its tasks', async () => {
    begin(42, 'node3', 'sweep', 'work', join(RUNS_FOLDER, 'sweeps', '00001-ring'));
    await shown(/Trial 1/);
    await shown(/00001-ring.*3 of 3 trials/);
    const state: unknown = JSON.parse(
      readFileSync(join(folder, RUNS_FOLDER, 'sweeps', '00001-ring', 'trials', '0001', 'state.json'), 'utf8'),
    );
    expect(state).toMatchObject({ status: 'completed', slurm: { job: '42', node: 'node3' } });
    slurm.setQueue(42, undefined);
  });

  it('shows a training that waits, also after a reload, and cancels it', async () => {
    await workbench.page.getByRole('treeitem', { name: /^toy-ring, experiment/ }).click();
    await workbench.runCommand('GAN: Start Training on Slurm…');
    await workbench.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: 'toy-ring' })
      .first()
      .click();
    await workbench.notification('Submitted toy-ring to Slurm as job 43.');
    await shown(/Slurm job 43waiting \(Priority\)/);
    slurm.setQueue(43, ['PENDING|(Resources)']);
    await shown(/Slurm job 43waiting \(Resources\)/);
    await workbench.screenshot('slurm-training-waits');
    await workbench.reload();
    await shown(/Slurm job 43waiting \(Resources\)/);
    await row('Slurm job 43').hover();
    await row('Slurm job 43').getByRole('button', { name: 'Cancel' }).click();
    await row('Slurm job 43').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    expect(slurm.cancelled).toEqual(['43']);
    expect(existsSync(join(folder, RUNS_FOLDER, 'slurm', '00001-toy-ring', 'cancelled'))).toBe(true);
  });

  it('shows the node of a run in place of its job, and stops it', async () => {
    const args = ['train', 'toy-ring.gan.json', '--slurm', '--steps', '1000000'];
    execFileSync(process.execPath, [GAN, ...args], { cwd: folder, env: environment, stdio: 'pipe' });
    await shown(/Slurm job 44waiting \(Priority\)/);
    begin(44, 'node1', 'train', 'work', join(RUNS_FOLDER, 'slurm', '00002-toy-ring'));
    const run = /00004-toy-ring/;
    await shown(/00004-toy-ring.*\/1,000,000 · Slurm 44 on node1/);
    await row('Slurm job 44').waitFor({ state: 'detached', timeout: PATIENCE_MS });
    await workbench.screenshot('slurm-training-runs');
    await row(run).hover();
    await row(run).getByRole('button', { name: 'Stop' }).click();
    await expect
      .poll(() => readFileSync(join(folder, RUNS_FOLDER, '00004-toy-ring', RUN_FILES.run), 'utf8'))
      .toContain('"status": "stopped"');
    await row(run).hover();
    await row(run).getByRole('button', { name: 'Resume' }).waitFor({ timeout: PATIENCE_MS });
  });
});
