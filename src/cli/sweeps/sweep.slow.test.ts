/** `gan sweep` as its own process: killed, resumed, in several processes at once, and refused. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { packageRoot } from '../../shared/package-root';

const GAN = join(packageRoot(), 'dist', 'gan.cjs');
const STEPS = 200;

beforeAll(() => {
  if (!existsSync(GAN)) throw new Error('dist/gan.cjs is missing: run `npm run build` first');
});

async function folderWithSweep(changes: object = {}): Promise<string> {
  const folder = await temporaryFolder();
  const experiment = {
    ...points,
    length: { steps: STEPS },
    logging: { checkpointEvery: 20, sampleEvery: STEPS, sampleCount: 4 },
    evaluation: { every: 50, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
  };
  const sweep = {
    experiment: 'toy.gan.json',
    parameters: { 'optimiser.generatorLearningRate': [0.001, 0.01] },
    search: 'grid',
    seeds: 1,
    pruning: 'none',
    objective: 'slicedWasserstein',
    ...changes,
  };
  writeFileSync(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  writeFileSync(join(folder, 'toy.gan-sweep.json'), JSON.stringify(sweep));
  return folder;
}

function gan(folder: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [GAN, 'sweep', ...args], { cwd: folder, encoding: 'utf8' });
}

const trialLine = z.object({ type: z.literal('trialStatus'), trial: z.int(), status: z.string() });

function trialsIn(stdout: string) {
  return stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [trialLine.safeParse(JSON.parse(line)).data]))
    .filter((line) => line !== undefined)
    .sort((a, b) => a.trial - b.trial);
}

const step = z.looseObject({ type: z.string(), step: z.int() });

/** Steps recorded by each run, by the run's name. */
function stepsOf(folder: string): Record<string, number[]> {
  const runs = join(folder, 'gan-runs');
  const names = readdirSync(runs).filter((name) => /^\d/.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const lines = readFileSync(join(runs, name, 'metrics.jsonl'), 'utf8')
        .trim()
        .split('\n');
      const records = lines.map((line) => step.parse(JSON.parse(line)));
      return [name, records.filter(({ type }) => type === 'step').map((record) => record.step)];
    }),
  );
}

const everyStep = Array.from({ length: STEPS }, (_, index) => index + 1);
const SWEEP = join('gan-runs', 'sweeps', '00001-toy');

it('goes on after its process was killed, without a gap and without a trial twice', async () => {
  const folder = await folderWithSweep();
  const child = spawn(process.execPath, [GAN, 'sweep', 'toy.gan-sweep.json', '--json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  child.stdout.on('data', (chunk) => {
    seen += String(chunk);
    if (/"trialScore","trial":2,"seed":0,"step":50/.test(seen)) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  expect(trialsIn(gan(folder, 'status', SWEEP, '--json').stdout)).toEqual([
    expect.objectContaining({ trial: 1, status: 'completed' }),
    expect.objectContaining({ trial: 2, status: 'interrupted' }),
  ]);
  const resumed = gan(folder, 'resume', SWEEP, '--json');
  expect(resumed.status).toBe(0);
  expect(trialsIn(resumed.stdout).map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(stepsOf(folder)).toEqual({ '00001-toy': everyStep, '00002-toy': everyStep });
});

it('trains in several processes at once', async () => {
  const folder = await folderWithSweep();
  const { status, stdout } = gan(folder, 'toy.gan-sweep.json', '--parallel', '2', '--json');
  expect(status).toBe(0);
  expect(trialsIn(stdout).map(({ trial, status: ended }) => [trial, ended])).toEqual([
    [1, 'completed'],
    [2, 'completed'],
  ]);
  expect(Object.values(stepsOf(folder))).toEqual([everyStep, everyStep]);
});

it('shows its trials without training any, and says what it cannot do', async () => {
  const folder = await folderWithSweep();
  const dry = gan(folder, 'toy.gan-sweep.json', '--dry-run');
  expect(dry.stdout).toBe('Trial 1/2: generatorLearningRate 0.001\nTrial 2/2: generatorLearningRate 0.01\n');
  expect(existsSync(join(folder, 'gan-runs'))).toBe(false);
  const none = gan(folder);
  expect([none.status, none.stderr]).toEqual([
    2,
    expect.stringContaining('There is no sweep file to train.'),
  ]);
  const noSweep = gan(folder, 'status', '.');
  expect([noSweep.status, noSweep.stderr]).toEqual([1, expect.stringContaining('There is no sweep in ')]);
});
