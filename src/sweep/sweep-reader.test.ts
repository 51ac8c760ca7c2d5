import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { ConfigError } from '../config/config-error';
import { RunLock } from '../run-folder/run-lock';
import { RUN_SCHEMA_VERSION } from '../shared/run-format';
import { SWEEP_FILES } from '../shared/sweep-files';
import { loadSweep } from './load-sweep';
import { planOf } from './plan';
import { proposedTrial } from './proposals';
import { SweepFolder } from './sweep-folder';
import { NEW_TRIAL, type TrialState } from './sweep-format';
import { SweepReader } from './sweep-reader';

const experiment = {
  ...points,
  length: { steps: 6 },
  evaluation: { every: 2, samples: 10, metrics: ['slicedWasserstein'] },
};

const sweepFile = {
  experiment: 'toy.gan.json',
  parameters: {
    'optimiser.generatorLearningRate': { from: 0.001, to: 0.1, by: 'log-uniform' },
    'latent.size': [2, 4],
  },
  trials: 4,
  objective: 'slicedWasserstein',
};

async function sweepOf(changes: object = {}): Promise<SweepFolder> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const file = join(folder, 'toy.gan-sweep.json');
  await writeFile(file, JSON.stringify({ ...sweepFile, ...changes }));
  return await SweepFolder.create(join(folder, 'gan-runs'), planOf(file, await loadSweep(file)));
}

async function begin(sweep: SweepFolder, trial: number, state: Partial<TrialState> = {}): Promise<void> {
  await sweep.createTrialFolder(trial);
  await sweep.writeTrial(proposedTrial(sweep.plan, trial, []));
  await sweep.writeState(trial, { ...NEW_TRIAL, ...state });
}

const ended: Partial<TrialState> = {
  status: 'completed',
  value: 0.5,
  protocol: 'p',
  scores: [
    { step: 2, value: 0.4 },
    { step: 4, value: 0.9 },
  ],
  runs: [{ seed: 0, run: '00001-toy', steps: 6, seconds: 2, value: 0.4 }],
};

describe('reading a sweep', () => {
  it('shows its parameters, and trials with what counts at each score', async () => {
    const sweep = await sweepOf();
    await begin(sweep, 1, ended);
    const view = await (await SweepReader.open(sweep.path)).read();
    expect(view).toMatchObject({
      name: 'toy',
      experiment: 'toy.gan.json',
      objective: { name: 'slicedWasserstein', better: 'lower', counts: 'best' },
      parameters: [
        { key: 'optimiser.generatorLearningRate', from: 0.001, to: 0.1, isLogarithmic: true, isWhole: false },
        { key: 'latent.size', values: [2, 4] },
      ],
      steps: 6,
      seconds: 2,
    });
    expect(view.trials.map(({ status }) => status)).toEqual(['completed', 'waiting', 'waiting', 'waiting']);
    expect(view.trials[0]?.curve).toEqual([
      { step: 2, value: 0.4 },
      { step: 4, value: 0.4 },
    ]);
    expect(view.trials[0]?.runs[0]?.folder).toBe(join(sweep.runsFolder, '00001-toy'));
    expect(view.trials[0]?.values).toHaveLength(2);
  });

  it('finds trials that have begun or gone on since', async () => {
    const sweep = await sweepOf();
    const reader = await SweepReader.open(sweep.path);
    const statuses = async (): Promise<readonly string[]> =>
      (await reader.read()).trials.map(({ status }) => status).slice(0, 2);
    expect(await statuses()).toEqual(['waiting', 'waiting']);
    await begin(sweep, 1, { status: 'stopped' });
    expect(await statuses()).toEqual(['stopped', 'waiting']);
    await begin(sweep, 1, ended);
    await begin(sweep, 2, { status: 'pruned' });
    expect(await statuses()).toEqual(['completed', 'pruned']);
  });

  it('marks trials that were scored otherwise than most', async () => {
    const sweep = await sweepOf();
    for (const [trial, protocol] of [
      [1, 'p'],
      [2, 'other'],
      [3, 'p'],
    ] as const)
      await begin(sweep, trial, { ...ended, protocol });
    const { trials } = await (await SweepReader.open(sweep.path)).read();
    expect(trials.map(({ isIncomparable = false }) => isIncomparable)).toEqual([false, true, false, false]);
  });

  it('shows a trial whose files are damaged, and names of runs only inside the folder', async () => {
    const sweep = await sweepOf();
    await begin(sweep, 1, ended);
    await writeFile(join(sweep.trialFolder(1), SWEEP_FILES.state), '{');
    await begin(sweep, 2, {
      ...ended,
      runs: [{ seed: 0, run: '../../../etc/passwd', steps: 0, seconds: 0 }],
    });
    const { trials } = await (await SweepReader.open(sweep.path)).read();
    expect(trials[0]).toMatchObject({ status: 'damaged', reason: expect.stringContaining('state.json') });
    expect(trials[1]?.runs[0]?.folder).toBe(join(sweep.runsFolder, 'passwd'));
  });

  it('says that there is none', async () => {
    await expect(SweepReader.open(await temporaryFolder())).rejects.toThrow('There is no sweep in');
  });
});

describe('how a sweep goes', () => {
  it('is training while the lock of a trial is held, and for a moment between two', async () => {
    const sweep = await sweepOf();
    const reader = await SweepReader.open(sweep.path);
    const activity = async (): Promise<string> => (await reader.read()).activity;
    expect(await activity()).toBe('idle');
    await begin(sweep, 1);
    const lock = await RunLock.acquire(sweep.trialFolder(1));
    expect(await activity()).toBe('running');
    await lock.release();
    await begin(sweep, 1, ended);
    expect(await activity()).toBe('running');
    expect(await activity()).toBe('idle');
  });

  it('is stopped, out of budget or done', async () => {
    const sweep = await sweepOf({ budget: { steps: 6 }, trials: 2 });
    const reader = await SweepReader.open(sweep.path);
    const activity = async (): Promise<string> => (await reader.read()).activity;
    await begin(sweep, 1, ended);
    expect(await activity()).toBe('budget');
    await sweep.requestStop();
    expect(await activity()).toBe('stopped');
    await begin(sweep, 2, { ...ended, status: 'failed' });
    expect(await activity()).toBe('done');
  });
});

describe('the experiment of a trial', () => {
  it('has its values, and is none for a trial that has not begun', async () => {
    const sweep = await sweepOf({ set: { 'length.steps': 8 } });
    await begin(sweep, 1);
    const reader = await SweepReader.open(sweep.path);
    const { text = '', file } = (await reader.experimentOf(1)) ?? {};
    const { decided } = await sweep.trial(1);
    expect(file).toBe(sweep.plan.experimentFile);
    expect(JSON.parse(text)).toMatchObject({
      length: { steps: 8 },
      latent: { size: decided?.values['latent.size'] },
      optimiser: { generatorLearningRate: decided?.values['optimiser.generatorLearningRate'] },
    });
    expect(await reader.experimentOf(2)).toBeUndefined();
  });

  it('is refused where its values have been made impossible', async () => {
    const sweep = await sweepOf();
    await sweep.createTrialFolder(1);
    const values = { 'latent.size': -3 };
    await sweep.writeTrial({ schemaVersion: RUN_SCHEMA_VERSION, trial: 1, point: [], values });
    await expect((await SweepReader.open(sweep.path)).experimentOf(1)).rejects.toThrow(ConfigError);
  });
});

it('keeps what it has read of trials that have ended', async () => {
  const sweep = await sweepOf();
  await begin(sweep, 1, ended);
  const reader = await SweepReader.open(sweep.path);
  await reader.read();
  await rm(join(sweep.trialFolder(1), SWEEP_FILES.state));
  expect((await reader.read()).trials[0]?.status).toBe('completed');
});
