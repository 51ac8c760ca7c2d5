/** Training on a real Slurm: tasks that are killed, preempted and lose their node train every trial, and every step, once. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import * as z from 'zod';
import { packageRoot } from '../../src/shared/package-root';
import { SlurmCluster } from './cluster';

const GAN = join(packageRoot(), 'dist', 'gan.cjs');
const TRIALS = 12;
/** Long enough that a task is still at its trial when something happens to it. */
const STEPS = 12_000;

const folder = mkdtempSync(join(tmpdir(), 'gan-slurm-'));
const cluster = new SlurmCluster(folder, 3);
const SWEEP = join(folder, 'gan-runs', 'sweeps', '00001-toy');

const experiment = {
  data: { source: 'points2d', batchSize: 4 },
  generator: { network: 'mlp', hidden: [6] },
  discriminator: { network: 'mlp', hidden: [6] },
  latent: { size: 2 },
  length: { steps: STEPS },
  logging: { checkpointEvery: 500, sampleEvery: STEPS, sampleCount: 4 },
  evaluation: { every: 2000, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
};

writeFileSync(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
writeFileSync(
  join(folder, 'toy.gan-sweep.json'),
  JSON.stringify({
    experiment: 'toy.gan.json',
    parameters: { 'optimiser.generatorLearningRate': { from: 0.0001, to: 0.01, by: 'log-uniform' } },
    trials: TRIALS,
    seeds: 1,
    objective: 'slicedWasserstein',
    pruning: { name: 'asha', factor: 2, grace: 4000 },
    slurm: { cpus: 1, arraySize: 4, time: '10:00' },
  }),
);

/** Why the cluster cannot be started on this machine, if the tests may then be skipped. */
async function obstacle(): Promise<string | undefined> {
  try {
    await cluster.start();
    return undefined;
  } catch (error) {
    if (process.env.GAN_WORKBENCH_SLURM !== 'if-possible') throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

const reason = await obstacle();
if (reason !== undefined) console.log(`Slurm is not tested: ${reason}`);

afterAll(() => {
  cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

const trialLine = z.object({
  type: z.literal('trialStatus'),
  trial: z.int(),
  status: z.string(),
  runs: z.array(z.object({ folder: z.string() })),
});
const stateFile = z.looseObject({
  slurm: z.object({ job: z.string(), node: z.string() }),
  scores: z.array(z.unknown()),
});
const lockFile = z.looseObject({ owner: z.looseObject({ pid: z.int() }) });
const runRecord = z.looseObject({ step: z.int(), status: z.string() });
const record = z.looseObject({ type: z.string(), step: z.int().optional() });

function gan(...args: readonly string[]): string {
  return cluster.run(process.execPath, [GAN, 'sweep', ...args], folder);
}

function train(...args: readonly string[]): string {
  return cluster.run(process.execPath, [GAN, 'train', ...args], folder);
}

function trials() {
  return gan('status', SWEEP, '--json')
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [trialLine.safeParse(JSON.parse(line)).data]))
    .filter((line) => line !== undefined);
}

/** Waits until a task trains a trial on a node that `isWanted`. */
async function runningTrial(isWanted: (node: string) => boolean) {
  let found: { readonly job: string; readonly node: string; readonly pid: number } | undefined;
  await cluster.until(() => {
    for (const trial of readdirSync(join(SWEEP, 'trials'))) {
      try {
        const read = (name: string): unknown =>
          JSON.parse(readFileSync(join(SWEEP, 'trials', trial, name), 'utf8'));
        const { slurm, scores } = stateFile.parse(read('state.json'));
        const { pid } = lockFile.parse(read('run.lock')).owner;
        if (isWanted(slurm.node) && scores.length > 0) found = { ...slurm, pid };
      } catch {
        // It has not begun, or has just ended.
      }
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error('no trial is running');
  return found;
}

/** Lets a more urgent job take the node of a task, which is requeued; returns the task. */
async function preempt(isWanted: (node: string) => boolean) {
  for (;;) {
    const task = await runningTrial(isWanted);
    // A task that ended by itself just before has not been preempted.
    if (await preemptNode(task.job, task.node)) return task;
  }
}

/** Returns whether the task was requeued; otherwise it has ended. */
async function preemptNode(job: string, node: string): Promise<boolean> {
  cluster.run('sbatch', [
    ...['--partition=urgent', `--nodelist=${node}`, '--exclusive', '--output=/dev/null'],
    '--wrap=sleep 5',
  ]);
  await cluster.until(() => restartsOf(job) !== 0);
  return restartsOf(job) !== undefined;
}

/** How often a task was requeued; undefined if it has ended. */
function restartsOf(job: string): number | undefined {
  const queued = cluster.run('squeue', ['--noheader', '--array', '--format=%i']).split('\n');
  if (!queued.includes(job)) return undefined;
  return Number(/Restarts=(\d+)/.exec(cluster.run('scontrol', ['show', 'job', job]))?.[1]);
}

it.skipIf(reason !== undefined)('trains every trial once, whatever happens to its tasks', async () => {
  const submitted = gan('toy.gan-sweep.json', '--slurm');
  expect(submitted).toMatch(/^Submitted job \d+ with 4 tasks: /m);

  const killed = await runningTrial(() => true);
  process.kill(killed.pid, 'SIGKILL');

  const preempted = await preempt((node) => node !== killed.node);

  const lost = await runningTrial((node) => node !== preempted.node);
  cluster.run('scontrol', ['update', `nodename=${lost.node}`, 'state=down', 'reason=test']);

  await cluster.until(() => !isQueued());
  // What the killed task left is taken over by any other process; here by one outside the cluster, if all tasks are over.
  gan('resume', SWEEP);

  const ended = trials();
  expect(ended.length).toBe(TRIALS);
  expect(ended.filter(({ status }) => status !== 'completed' && status !== 'pruned')).toEqual([]);
  expect(ended.filter(({ status }) => status === 'completed')).not.toEqual([]);
  const runs = readdirSync(join(folder, 'gan-runs')).filter((name) => /^\d/.test(name));
  expect(ended.flatMap(({ runs: ofTrial }) => ofTrial.map(({ folder: run }) => run)).sort()).toEqual(
    runs.sort().map((name) => join(folder, 'gan-runs', name)),
  );
  for (const run of runs) expectNoGap(join(folder, 'gan-runs', run));
  expect(gan('status', SWEEP)).not.toContain('Slurm job');
  console.log(
    `trials ${TRIALS} · tasks killed 1 · preempted and requeued 1 · nodes lost 1 · trained twice ${runs.length - TRIALS} · lost steps 0`,
  );
});

it.skipIf(reason !== undefined)(
  'goes on with a single run whose task was preempted, and stops it',
  async () => {
    writeFileSync(join(folder, 'one.gan.json'), JSON.stringify(experiment));
    const jobOf = (said: string): string => /^Submitted job (\d+): /m.exec(said)?.[1] ?? '';
    const job = jobOf(train('one.gan.json', '--slurm', '--slurm-set', 'cpus=1', '--set', 'seed=3'));
    // Later changes of the file are not trained.
    writeFileSync(join(folder, 'one.gan.json'), '{}');
    const runOf = (name: string) =>
      readdirSync(join(folder, 'gan-runs'))
        .filter((run) => run.endsWith(`-${name}`))
        .map((run) => join(folder, 'gan-runs', run));
    const recordOf = (run: string | undefined) =>
      runRecord.parse(JSON.parse(readFileSync(join(run ?? '', 'run.json'), 'utf8')));
    const stepsOf = (run: string): number => {
      const file = join(run, 'metrics.jsonl');
      // The folder of a run comes first.
      return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length : 0;
    };
    await cluster.until(() => runOf('one').some((run) => stepsOf(run) > 2000));
    const [run = ''] = runOf('one');
    const node = /NodeList=(node\d)/.exec(cluster.run('scontrol', ['show', 'job', job]))?.[1] ?? '';
    await preemptNode(job, node);
    await cluster.until(() => !isQueued());
    expect(runOf('one')).toEqual([run]);
    expect(recordOf(run)).toMatchObject({ status: 'completed', step: STEPS, batchJob: '00001-one' });
    expectNoGap(run);

    // A run that was stopped on request is not requeued; its script goes on with it.
    writeFileSync(
      join(folder, 'two.gan.json'),
      JSON.stringify({ ...experiment, length: { steps: 1_000_000 } }),
    );
    const said = train('two.gan.json', '--slurm', '--slurm-set', 'cpus=1');
    await cluster.until(() => runOf('two').some((one) => stepsOf(one) > 500));
    const [second = ''] = runOf('two');
    const stop = (): void => writeFileSync(join(second, 'control', 'requests', 'stop'), '');
    mkdirSync(join(second, 'control', 'requests'), { recursive: true });
    stop();
    await cluster.until(() => !isQueued());
    const stopped = recordOf(second);
    expect(stopped).toMatchObject({ status: 'stopped', stoppedBy: 'user' });
    const script = /^Submitted job \d+: (.*)$/m.exec(said)?.[1] ?? '';
    cluster.run('sbatch', [script]);
    await cluster.until(() => stepsOf(second) > stopped.step + 500);
    stop();
    await cluster.until(() => !isQueued());
    expect(runOf('two')).toEqual([second]);
    expectNoGap(second);
    console.log(`single runs 2 · preempted and requeued 1 · stopped and submitted again 1 · lost steps 0`);
  },
);

function isQueued(): boolean {
  return cluster.run('squeue', ['--noheader']).trim() !== '';
}

/** Every step from the first is recorded once. */
function expectNoGap(run: string): void {
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const steps = lines.map((line) => record.parse(JSON.parse(line))).filter(({ type }) => type === 'step');
  expect(
    steps.map(({ step }) => step),
    run,
  ).toEqual(steps.map((_, index) => index + 1));
}

it.skipIf(reason !== undefined)(
  'removes what has not begun when it is stopped, and goes on when it is submitted again',
  async () => {
    writeFileSync(
      join(folder, 'long.gan.json'),
      JSON.stringify({ ...experiment, length: { steps: 1_000_000 } }),
    );
    writeFileSync(
      join(folder, 'long.gan-sweep.json'),
      JSON.stringify({
        experiment: 'long.gan.json',
        parameters: { 'optimiser.beta1': [0, 0.3, 0.5, 0.7, 0.9] },
        search: 'grid',
        seeds: 1,
        objective: 'slicedWasserstein',
        pruning: 'none',
        slurm: { cpus: 1 },
      }),
    );
    gan('long.gan-sweep.json', '--slurm');
    const sweep = join(folder, 'gan-runs', 'sweeps', '00002-long');
    const status = (): string => gan('status', sweep);
    await cluster.until(() => / running/.test(status()) && /Slurm job \d+: \d+ pending/.test(status()));
    gan('stop', sweep);
    await cluster.until(() => !isQueued());
    expect(status()).toMatch(/^5 trials: .*\d stopped/m);
    expect(gan('resume', sweep, '--slurm')).toMatch(/^Submitted job \d+ with 5 tasks/m);
    await cluster.until(() => / running/.test(status()));
    gan('stop', sweep);
    await cluster.until(() => !isQueued());
  },
);
