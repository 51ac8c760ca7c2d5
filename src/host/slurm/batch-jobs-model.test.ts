import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { eventually } from '../../../test/support/eventually';
import { StandInSlurm } from '../../../test/support/stand-in-slurm';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createToyRun } from '../../../test/support/toy-run';
import { readRun } from '../../run-folder/list-runs';
import { LockObserver } from '../../run-folder/lock-file';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { JobFolder } from '../../slurm/job-folder';

vi.mock('vscode', () => ({
  EventEmitter: class {
    readonly #listeners = new Set<() => void>();
    readonly event = (listener: () => void) => this.#listeners.add(listener);
    fire(): void {
      for (const listener of this.#listeners) listener();
    }
  },
}));
const { BatchJobsModel } = await import('./batch-jobs-model');

async function submitted() {
  const experimentFile = join(await temporaryFolder(), 'toy.gan.json');
  const runsFolder = join(dirname(experimentFile), 'gan-runs');
  const slurm = new StandInSlurm(await temporaryFolder());
  vi.stubEnv('PATH', slurm.path);
  onTestFinished(() => void vi.unstubAllEnvs());
  const job = await JobFolder.create(runsFolder, 'toy', {
    schemaVersion: 1,
    experimentFile,
    experimentText: '{}',
    overrides: [],
    createdAt: new Date(0).toISOString(),
  });
  await job.addJob(42);
  slurm.setQueue(42, ['PENDING|(Priority)']);
  const runs: CataloguedRun[] = [];
  const model = new BatchJobsModel({
    runs: { firstLook: async () => undefined, runsFolders: [runsFolder], runs },
  });
  const shown = async () => {
    await model.refresh();
    return model.jobs.map(({ job: number, state }) => ({ job: number, ...state }));
  };
  return { job, slurm, runs, model, shown, runsFolder, experimentFile };
}

/** Lets Slurm be asked at every look. */
function hurried(): void {
  let nowMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += 20_000;
    return nowMs;
  });
  onTestFinished(() => clock.mockRestore());
}

it('shows a job until its run begins: that it waits and why, where it starts, and that it came to nothing', async () => {
  hurried();
  const { slurm, shown, model } = await submitted();
  const changed = vi.fn();
  model.onDidChange(changed);
  expect(await shown()).toEqual([{ job: 42, kind: 'submitted' }]);
  const told = (state: object) =>
    eventually(async () => expect(await shown()).toEqual([{ job: 42, ...state }]));
  await told({ kind: 'waiting', reason: 'Priority' });
  slurm.setQueue(42, ['RUNNING|node3']);
  await told({ kind: 'running', node: 'node3' });
  slurm.setQueue(42, undefined);
  await told({ kind: 'ended' });
  expect(changed).toHaveBeenCalledTimes(4);
});

it('shows the run instead, with its node, and the job again while the run waits to go on', async () => {
  hurried();
  const { job, slurm, shown, model, runs, runsFolder, experimentFile } = await submitted();
  slurm.setQueue(42, ['RUNNING|node3']);
  const writer = await createToyRun({ runsFolder, experimentFile, batchJob: job.name });
  const labels = { schemaVersion: 1, tags: [], note: '' };
  const list = async () => {
    runs.splice(0, 1, { run: await readRun(writer.folder, new LockObserver()), labels });
  };
  await list();
  await eventually(async () => {
    expect(await shown()).toEqual([]);
    expect(model.placeOf(writer.folder)).toEqual({ job: '42', node: 'node3' });
  });
  slurm.setQueue(42, ['PENDING|(BeginTime)']);
  await eventually(async () =>
    expect(await shown()).toEqual([{ job: 42, kind: 'waiting', reason: 'BeginTime' }]),
  );
  expect(model.placeOf(writer.folder)).toBeUndefined();
  await writer.update({ status: 'completed' });
  await writer.close();
  await list();
  expect(await shown()).toEqual([]);
});

it('cancels a job, for other windows too, until it is submitted again', async () => {
  const { job, slurm, shown } = await submitted();
  expect(await shown()).toHaveLength(1);
  await job.cancel();
  expect(slurm.cancelled).toEqual(['42']);
  expect(await shown()).toEqual([]);
  slurm.setQueue(42, undefined);
  await job.cancel();
  await job.addJob(43);
  expect(await shown()).toEqual([{ job: 43, kind: 'submitted' }]);
});

it('shows a job where Slurm cannot be asked, and says why', async () => {
  const { job, shown } = await submitted();
  vi.stubEnv('PATH', '');
  await eventually(async () =>
    expect(await shown()).toEqual([
      {
        job: 42,
        kind: 'submitted',
        problem: expect.objectContaining({
          problem: 'Slurm is not installed here: there is no command squeue.',
        }),
      },
    ]),
  );
  await expect(job.cancel()).rejects.toThrow('there is no command scancel');
  expect(await shown()).toHaveLength(1);
});
