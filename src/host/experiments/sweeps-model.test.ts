import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToldSweep } from '../../../test/support/told-sweep';
import type { SlurmTasks } from '../../shared/sweep-protocol';
import { NEW_TRIAL } from '../../sweep/sweep-format';
import { SweepReader } from '../../sweep/sweep-reader';

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly #listeners = new Set<(value: unknown) => void>();
    readonly event = (listener: (value: unknown) => void) => this.#listeners.add(listener);
    fire(value: unknown): void {
      for (const listener of this.#listeners) listener(value);
    }
  },
}));
const { SweepsModel } = await import('./sweeps-model');

/** @param askSlurm what Slurm answers about the tasks of any sweep */
async function modelOf(askSlurm: () => Promise<readonly SlurmTasks[]> = async () => []) {
  const experimentFile = join(await temporaryFolder(), 'toy.gan.json');
  const read = vi.fn();
  const slurm = vi.fn(askSlurm);
  const model = new SweepsModel({
    runs: { firstLook: async () => undefined, runsFolders: [join(dirname(experimentFile), 'gan-runs')] },
    experimentService: () => ({
      async openSweep(folder) {
        const reader = await SweepReader.open(folder);
        const readNow = reader.read.bind(reader);
        reader.read = () => {
          read();
          return readNow();
        };
        reader.queuedTasks = slurm;
        return reader;
      },
    }),
  });
  const fired: unknown[] = [];
  model.onDidChange((folders) => fired.push(folders));
  const refreshed = async (): Promise<unknown[]> => {
    await model.refresh();
    return fired.splice(0);
  };
  return { model, experimentFile, read, slurm, refreshed };
}

const ended = { status: 'completed', value: 3 } as const;

it('tells of sweeps that come and go, and of those whose trials change', async () => {
  const { model, experimentFile, refreshed } = await modelOf();
  expect(await refreshed()).toEqual([]);
  const sweep = await createToldSweep(experimentFile, [ended, undefined]);
  expect(await refreshed()).toEqual([undefined, [sweep.path]]);
  expect(await refreshed()).toEqual([]);
  await sweep.createTrialFolder(2);
  await sweep.writeState(2, { ...NEW_TRIAL, status: 'stopped' });
  expect(await refreshed()).toEqual([[sweep.path]]);
  expect(model.sweepIn(sweep.path)?.view?.trials[1]?.status).toBe('stopped');
  await rm(sweep.path, { recursive: true });
  expect(await refreshed()).toEqual([undefined]);
  expect(model.sweeps).toEqual([]);
});

it('does not read again what is done', async () => {
  const { experimentFile, read, refreshed } = await modelOf();
  const sweep = await createToldSweep(experimentFile, [ended]);
  expect(await refreshed()).toEqual([undefined, [sweep.path]]);
  expect(await refreshed()).toEqual([]);
  expect(read).toHaveBeenCalledOnce();
});

it('asks Slurm for tasks that wait, but not at every look', async () => {
  const tasks = [{ job: 7, state: 'PENDING', reason: 'Priority', count: 3 }];
  let answer = (_: readonly SlurmTasks[]): void => undefined;
  const answered = new Promise<readonly SlurmTasks[]>((resolve) => {
    answer = resolve;
  });
  const { model, experimentFile, slurm, refreshed } = await modelOf(() => answered);
  const sweep = await createToldSweep(experimentFile, [undefined]);
  expect(await refreshed()).toEqual([undefined, [sweep.path]]);
  answer(tasks);
  await eventually(async () => expect(await refreshed()).toEqual([[sweep.path]]));
  expect(model.sweepIn(sweep.path)?.queue).toEqual({ tasks });
  expect(slurm).toHaveBeenCalledOnce();
});

it('shows a sweep without its queue where Slurm cannot be asked', async () => {
  const { model, experimentFile, refreshed } = await modelOf(() => Promise.reject(new Error('no squeue')));
  const sweep = await createToldSweep(experimentFile, [undefined]);
  await eventually(async () => {
    await refreshed();
    expect(model.sweepIn(sweep.path)).toMatchObject({
      queue: { tasks: [], problem: { problem: 'no squeue' } },
      view: { activity: 'idle' },
    });
  });
  expect(model.sweepIn(sweep.path)).not.toHaveProperty('problem');
});
