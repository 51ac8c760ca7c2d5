/**
 * Repeated interruption of training: by the stop command, or by a window reload, which deactivates the extension. The
 * host must survive each one, and the run must remain resumable. `GAN_WORKBENCH_SOAK_ROUNDS` makes it a soak test.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { RUN_FILES, RUNS_FOLDER } from '../../../src/shared/run-format';
import { useFolder, useWorkbench } from './use-workbench';

/** A reload takes seconds, so that few must do outside the soak test. */
const SOAK_ROUNDS = process.env.GAN_WORKBENCH_SOAK_ROUNDS;
const STOPS = Number(SOAK_ROUNDS ?? 10);
const RELOADS = Number(SOAK_ROUNDS ?? 3);
const ROUND_MS = 30_000;
const EXPERIMENT = {
  data: { source: 'points2d', distribution: 'ring' },
  model: 'toy2d',
  length: { steps: 1_000_000 },
  logging: { logEvery: 10, sampleEvery: 1000, checkpointEvery: 1000, keepCheckpoints: 2 },
  engine: { threads: 1 },
};

interface Shown {
  readonly status: string;
  readonly stoppedBy?: string;
  readonly step: number;
}

const POLL_MS = 100;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + ROUND_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`The run is not ${what} after ${ROUND_MS / 1000} s.`);
    await delay(POLL_MS);
  }
}

describe('training that is interrupted', () => {
  const folder = useFolder('gan-interrupted-');
  const run = join(folder, RUNS_FOLDER, '00001-ring');

  beforeAll(() => {
    writeFileSync(join(folder, 'ring.gan.json'), JSON.stringify(EXPERIMENT));
  });
  const workbench = useWorkbench({ workspaceFolder: folder, hasOwnServer: true }, async () => {
    await workbench.openContainer('GAN');
    await workbench.runCommand('GAN: Start Training');
    await untilTraining(0);
    await workbench.runCommand('GAN: Stop');
    await untilStopped();
    await workbench.runCommand('View: Close All Editors');
  });

  function record(): Shown {
    return JSON.parse(readFileSync(join(run, RUN_FILES.run), 'utf8'));
  }

  /** Waits until the worker is training: records continue from the run's previous step. */
  async function untilTraining(from: number): Promise<void> {
    const metrics = join(run, RUN_FILES.metrics);
    await until('training', async () => {
      const text = existsSync(metrics) ? readFileSync(metrics, 'utf8') : '';
      const steps = text.matchAll(/"type":"step","step":(\d+)/g);
      return Number([...steps].at(-1)?.[1] ?? 0) > from;
    });
  }

  async function untilStopped(): Promise<void> {
    await until('stopped', async () => record().status === 'stopped');
    await until('free', async () => !existsSync(join(run, RUN_FILES.lock)));
  }

  const stop = () => workbench.runCommand('GAN: Stop');
  const reload = async () => {
    await workbench.reload();
    await workbench.openContainer('GAN');
  };

  it.each([
    [STOPS, 'by the stop command', stop],
    [RELOADS, 'by a reload of the window', reload],
  ] as const)(
    'resumes where it was interrupted, %d times %s',
    async (rounds, _, interrupt) => {
      for (let round = 1; round <= rounds; round++) {
        const { step } = record();
        await workbench.runCommand('GAN: Resume');
        await untilTraining(step);
        await interrupt();
        await untilStopped();
        expect(record().step).toBeGreaterThan(step);
        await workbench.runCommand('View: Close All Editors');
      }
    },
    Math.max(STOPS, RELOADS) * ROUND_MS,
  );

  it('says after a reload what that has stopped, in the tree, the status bar, a message and the dashboard', async () => {
    const { step: before } = record();
    await workbench.runCommand('GAN: Resume');
    await untilTraining(before);
    // VS Code restores only what it has shown.
    await workbench.webview('.chart canvas');
    await workbench.reload();
    await workbench.openContainer('GAN');
    await untilStopped();
    const { step, stoppedBy } = record();
    expect(stoppedBy).toBe('shutdown');
    const { page } = workbench;
    const message = page.locator('.notification-toast', {
      hasText: `stopped at step ${step.toLocaleString('en')}`,
    });
    await message.getByRole('button', { name: 'Resume' }).waitFor();
    await page
      .locator('.statusbar-item', { hasText: `GAN: stopped at step ${step.toLocaleString('en')}` })
      .waitFor();
    await page
      .getByRole('treeitem', { name: /00001-ring/ })
      .filter({ hasText: 'window closed' })
      .waitFor();
    const dashboard = await workbench.webview('.notice.warning');
    const notice = dashboard.locator('.notice', { hasText: `Stopped at step ${step.toLocaleString('en')}` });
    await notice.waitFor();
    await workbench.screenshot('stopped-by-reload');
    await notice.getByRole('button', { name: 'Resume' }).click();
    await untilTraining(step);
    await notice.waitFor({ state: 'detached' });
    await workbench.runCommand('GAN: Stop');
    await untilStopped();
    expect(record().stoppedBy).toBe('user');
    await workbench.runCommand('View: Close All Editors');
  });

  /** Returns from the server's logs how the extension hosts of closed windows exited. */
  function hostEnds(): string[] {
    const logs = join(workbench.folder, 'data', 'logs');
    const names = readdirSync(logs, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.log'))
      .flatMap(
        (name) => readFileSync(join(logs, name), 'utf8').match(/Host Process exited with [^.]*/g) ?? [],
      );
  }

  it('and every extension host ended by itself', async () => {
    await until('without old hosts', async () => hostEnds().length > RELOADS);
    expect([...new Set(hostEnds())]).toEqual(['Host Process exited with code: 0, signal: null']);
  });
});
