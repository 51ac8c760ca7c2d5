/** Sweeps over toy experiments: trials, seeds, pruning, stopping, and trials whose process has died. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { checkpointPath, checkpointSteps } from '../run-folder/checkpoints';
import { readRunRecord, writeRunRecord } from '../run-folder/run-record';
import { readStoredConfig } from '../session/stored-run';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { loadSweep } from './load-sweep';
import { planOf } from './plan';
import { SweepFolder } from './sweep-folder';
import { NEW_TRIAL } from './sweep-format';
import { type SweepObserver, workOn } from './worker';

const experiment = {
  ...points,
  length: { steps: 6 },
  logging: { checkpointEvery: 2, sampleEvery: 6, sampleCount: 4, keepCheckpoints: 10 },
  evaluation: { every: 2, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
};

const everyRate = {
  experiment: 'toy.gan.json',
  parameters: { 'optimiser.generatorLearningRate': [0.001, 0.01, 0.1] },
  search: 'grid',
  seeds: 1,
  objective: 'slicedWasserstein',
  pruning: 'none',
};

async function sweepOf(changes: object = {}, changedExperiment: object = {}): Promise<SweepFolder> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify({ ...experiment, ...changedExperiment }));
  const file = join(folder, 'toy.gan-sweep.json');
  await writeFile(file, JSON.stringify({ ...everyRate, ...changes }));
  return await SweepFolder.create(join(folder, 'gan-runs'), planOf(file, await loadSweep(file)));
}

const work = (sweep: SweepFolder, observer: SweepObserver = {}) =>
  workOn(sweep, { observer, signal: new AbortController().signal });

async function runsOf(sweep: SweepFolder): Promise<string[]> {
  const names = await readdir(sweep.runsFolder);
  return names
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => join(sweep.runsFolder, name));
}

async function stateOf(sweep: SweepFolder, trial: number) {
  return (await sweep.trial(trial)).state;
}

it('trains every trial with every seed, as ordinary runs', async () => {
  const parameters = { 'optimiser.generatorLearningRate': [0.001, 0.1] };
  const sweep = await sweepOf({ seeds: 2, parameters });
  expect(await work(sweep)).toBe('done');
  const runs = await runsOf(sweep);
  const records = await Promise.all(runs.map(readRunRecord));
  const configs = await Promise.all(runs.map(readStoredConfig));
  expect(records.map(({ sweep: member, status }) => ({ ...member, status }))).toEqual(
    [1, 1, 2, 2].map((trial) => ({ sweep: '00001-toy', trial, status: 'completed' })),
  );
  expect(configs.map(({ seed }) => seed)).toEqual([0, 1, 0, 1]);
  expect(configs.map(({ optimiser }) => optimiser.generatorLearningRate)).toEqual([0.001, 0.001, 0.1, 0.1]);
  const state = await stateOf(sweep, 2);
  expect(state?.status).toBe('completed');
  expect(state?.scores.map(({ step }) => step)).toEqual([2, 4, 6]);
  const [first, second] = state?.runs ?? [];
  expect(state?.value).toBeCloseTo(((first?.value ?? 0) + (second?.value ?? 0)) / 2, 12);
  expect(first?.value).toBe(Math.min(...(state?.scores ?? []).map(({ value }) => value)));
});

it('stops a pruned trial at the step of its score, with a checkpoint to resume from', async () => {
  const sweep = await sweepOf({ pruning: { name: 'asha', factor: 2, grace: 2 }, seeds: 2 });
  await work(sweep);
  const states = await Promise.all([1, 2, 3].map((trial) => stateOf(sweep, trial)));
  const pruned = states.filter((state) => state?.status === 'pruned');
  expect(pruned).not.toEqual([]);
  for (const state of pruned) {
    // Its second seed is not trained.
    expect(state?.runs.length).toBe(1);
    const folder = join(sweep.runsFolder, state?.runs[0]?.run ?? '');
    const step = state?.scores.at(-1)?.step ?? 0;
    expect(await readRunRecord(folder)).toMatchObject({ status: 'stopped', stoppedBy: 'pruned', step });
    expect((await checkpointSteps(folder)).at(-1)).toBe(step);
    expect(state?.reason).toMatch(/is not among the best\.$/);
  }
});

it('ends a trial when the diagnostics report an error, if the sweep asks for that', async () => {
  const parameters = { 'optimiser.generatorLearningRate': [1] };
  const set = { 'length.steps': 20, 'optimiser.discriminatorLearningRate': 1, regularisers: [] };
  // Wide enough for losses that explode.
  const network = { network: 'mlp', hidden: [128, 128] };
  const ends = async (pruneOnFinding: boolean) => {
    const networks = { generator: network, discriminator: network };
    const sweep = await sweepOf({ parameters, set, pruneOnFinding }, networks);
    await work(sweep);
    const { status, reason } = (await stateOf(sweep, 1)) ?? {};
    return { status, reason };
  };
  expect(await ends(true)).toEqual({
    status: 'pruned',
    reason: expect.stringMatching(/ at step \d+\.$/),
  });
  expect(await ends(false)).not.toMatchObject({ status: 'pruned' });
});

it('shares the trials among processes, without training any twice', async () => {
  const sweep = await sweepOf();
  const another = await SweepFolder.open(sweep.path);
  expect(await Promise.all([work(sweep), work(another)])).toEqual(['done', 'done']);
  const records = await Promise.all((await runsOf(sweep)).map(readRunRecord));
  expect(records.map(({ sweep: member }) => member?.trial).sort()).toEqual([1, 2, 3]);
});

it('goes on where it was stopped, to the same bytes', async () => {
  const straight = await sweepOf();
  await work(straight);
  const sweep = await sweepOf();
  const stopping = new AbortController();
  const observer: SweepObserver = {
    onScore({ trial, step }) {
      if (trial === 2 && step === 4) stopping.abort('signal');
    },
  };
  expect(await workOn(sweep, { observer, signal: stopping.signal })).toBe('stopped');
  expect(await stateOf(sweep, 2)).toMatchObject({ status: 'stopped', attempts: 0 });
  expect(await stateOf(sweep, 3)).toBeUndefined();
  expect(await work(sweep)).toBe('done');
  expect(await stateOf(sweep, 2)).toMatchObject({ status: 'completed', attempts: 1 });
  const last = async (one: SweepFolder) => {
    const runs = await runsOf(one);
    expect(runs.length).toBe(3);
    return await Promise.all(runs.map((run) => readFile(checkpointPath(run, 6))));
  };
  expect(await last(sweep)).toEqual(await last(straight));
  expect((await stateOf(sweep, 2))?.scores).toEqual((await stateOf(straight, 2))?.scores);
});

it('stops on request', async () => {
  const sweep = await sweepOf();
  await sweep.requestStop();
  expect(await work(sweep)).toBe('stopped');
  expect(await runsOf(sweep)).toEqual([]);
  await sweep.withdrawStop();
  expect(await work(sweep)).toBe('done');
});

it('leaves a trial alone whose run the user stopped, until the sweep is resumed', async () => {
  const sweep = await sweepOf();
  const another = await SweepFolder.open(sweep.path);
  let stopped: number | undefined;
  const observer: SweepObserver = {
    onRun({ trial, folder }) {
      if (stopped !== undefined) return;
      stopped = trial;
      // Taken before the first step.
      mkdirSync(join(folder, 'control', 'requests'), { recursive: true });
      writeFileSync(join(folder, 'control', 'requests', 'stop'), '');
    },
  };
  expect(await Promise.all([work(sweep, observer), work(another)])).toEqual(['stopped', 'stopped']);
  const states = await Promise.all([1, 2, 3].map((trial) => stateOf(sweep, trial)));
  expect(states.map((state) => state?.status).sort()).toEqual(['completed', 'completed', 'stopped']);
  expect(states[(stopped ?? 0) - 1]).toMatchObject({ status: 'stopped', stoppedBy: 'user' });
  await sweep.withdrawStop();
  expect(await work(sweep)).toBe('done');
  expect(await stateOf(sweep, stopped ?? 0)).toMatchObject({ status: 'completed' });
  expect(await stateOf(sweep, stopped ?? 0)).not.toHaveProperty('stoppedBy');
});

it('keeps the reason of a trial whose process died after pruning it', async () => {
  const sweep = await sweepOf({ pruning: { name: 'asha', factor: 2, grace: 2 } });
  await work(sweep);
  const states = await Promise.all([1, 2, 3].map((trial) => stateOf(sweep, trial)));
  const trial = states.findIndex((state) => state?.status === 'pruned') + 1;
  const pruned = await stateOf(sweep, trial);
  if (pruned?.reason === undefined) throw new Error('no trial was pruned');
  // What is in the file between the run's end and the trial's.
  const { value: _, ...dying } = pruned;
  await sweep.writeState(trial, { ...dying, status: 'running' });
  await work(sweep);
  const { status, reason } = pruned;
  expect(await stateOf(sweep, trial)).toMatchObject({ status, reason });
});

it('notes the reason before it stops a run, and forgets it if the run goes on', async () => {
  const sweep = await sweepOf({ pruning: { name: 'asha', factor: 2, grace: 2 } });
  const reasons: (string | undefined)[] = [];
  const writeState = sweep.writeState.bind(sweep);
  sweep.writeState = async (trial, state) => {
    if (state.status === 'running') reasons.push(state.reason);
    await writeState(trial, state);
  };
  await work(sweep);
  expect(reasons).toContainEqual(expect.stringMatching(/is not among the best\.$/));
  const completed = await stateOf(sweep, 1);
  if (completed?.status !== 'completed') throw new Error('trial 1 was not completed');
  const [run] = await runsOf(sweep);
  await rm(checkpointPath(run ?? '', 6));
  const record = await readRunRecord(run ?? '');
  const { ending: _, ...running } = record;
  await writeRunRecord(run ?? '', { ...running, status: 'running' });
  await sweep.writeState(1, { ...completed, status: 'running', reason: 'was to be pruned' });
  await work(sweep);
  expect(await stateOf(sweep, 1)).toMatchObject({ status: 'completed' });
  expect(await stateOf(sweep, 1)).not.toHaveProperty('reason');
});

it('names the task of Slurm that took a trial, unless another process did since', async () => {
  const sweep = await sweepOf();
  await sweep.createTrialFolder(1);
  await sweep.writeState(1, { ...NEW_TRIAL, status: 'stopped', slurm: { job: '7_2', node: 'a' } });
  await work(sweep);
  expect(await stateOf(sweep, 1)).toMatchObject({ status: 'completed' });
  expect(await stateOf(sweep, 1)).not.toHaveProperty('slurm');
});

it('finds the run of a process that died before it had noted it', async () => {
  const sweep = await sweepOf();
  await work(sweep);
  const before = await stateOf(sweep, 2);
  await sweep.writeState(2, { ...NEW_TRIAL, attempts: 1 });
  await work(sweep);
  expect((await runsOf(sweep)).length).toBe(3);
  expect(await stateOf(sweep, 2)).toEqual({ ...before, attempts: 2 });
});

it('finds the run of a later seed, too', async () => {
  const sweep = await sweepOf({ seeds: 2 });
  await work(sweep);
  const before = await stateOf(sweep, 2);
  if (before === undefined) throw new Error('the trial has not begun');
  const { value: _, ...state } = before;
  await sweep.writeState(2, { ...state, status: 'running', attempts: 1, runs: before.runs.slice(0, 1) });
  await work(sweep);
  expect((await runsOf(sweep)).length).toBe(6);
  expect((await stateOf(sweep, 2))?.runs).toEqual(before.runs);
});

it('gives a trial up whose process has died ten times without getting further', async () => {
  const sweep = await sweepOf();
  await sweep.createTrialFolder(1);
  await sweep.writeState(1, { ...NEW_TRIAL, attempts: 10 });
  expect(await work(sweep)).toBe('done');
  expect(await stateOf(sweep, 1)).toMatchObject({ status: 'failed', reason: 'Its process ended 10 times.' });
  expect(await stateOf(sweep, 2)).toMatchObject({ status: 'completed' });
});

it('does not give up a trial that gets further each time', async () => {
  const sweep = await sweepOf();
  const stopping = new AbortController();
  const observer: SweepObserver = {
    onScore({ step }) {
      if (step === 4) stopping.abort('signal');
    },
  };
  await workOn(sweep, { observer, signal: stopping.signal });
  const state = await stateOf(sweep, 1);
  if (state === undefined) throw new Error('the trial has not begun');
  // As if the process had died at its tenth attempt, the earlier ones without a checkpoint.
  await sweep.writeState(1, { ...state, status: 'running', attempts: 10, reached: 0 });
  await work(sweep);
  expect(await stateOf(sweep, 1)).toMatchObject({ status: 'completed', attempts: 1, reached: 4 });
});

it('records why a trial failed, and goes on with the others', async () => {
  const sweep = await sweepOf({ parameters: { 'initialise.from': ['nowhere', 'elsewhere'] } });
  expect(await work(sweep)).toBe('done');
  expect(await stateOf(sweep, 1)).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('nowhere'),
  });
  expect(await stateOf(sweep, 2)).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('elsewhere'),
  });
});

it('goes on with begun trials once its budget is spent', async () => {
  const sweep = await sweepOf({ budget: { steps: 6 } });
  const ended = [{ seed: 0, run: '00001-toy', steps: 6, seconds: 1, value: 1 }];
  for (const trial of [1, 2]) await sweep.createTrialFolder(trial);
  await sweep.writeState(1, { ...NEW_TRIAL, status: 'completed', runs: ended, value: 1 });
  await sweep.writeState(2, { ...NEW_TRIAL, status: 'stopped' });
  expect(await work(sweep)).toBe('budget');
  expect((await stateOf(sweep, 2))?.status).toBe('completed');
  expect(await stateOf(sweep, 3)).toBeUndefined();
});

it('begins no trial once its budget is spent', async () => {
  const sweep = await sweepOf({ budget: { steps: 10 } });
  expect(await work(sweep)).toBe('budget');
  expect((await runsOf(sweep)).length).toBe(2);
  expect(await stateOf(sweep, 3)).toBeUndefined();
});

it('refuses a folder that is no sweep', async () => {
  await expect(SweepFolder.open(await temporaryFolder())).rejects.toThrow(/There is no sweep in /);
});

it('says which file of a sweep is damaged', async () => {
  const sweep = await sweepOf();
  await sweep.createTrialFolder(2);
  const file = join(sweep.trialFolder(2), 'state.json');
  await writeFile(file, JSON.stringify({ schemaVersion: RUN_SCHEMA_VERSION, status: 'odd' }));
  await expect(work(sweep)).rejects.toThrow(/state\.json is damaged/);
  await rm(file);
});

it('reads a trial that has ended once, however many trials follow', async () => {
  const sweep = await sweepOf();
  await work(sweep);
  const before = await sweep.trials();
  await writeFile(join(sweep.trialFolder(2), 'state.json'), 'unreadable');
  expect(await sweep.trials()).toEqual(before);
  const another = await SweepFolder.open(sweep.path);
  await expect(another.trials()).rejects.toThrow(/state\.json/);
});
