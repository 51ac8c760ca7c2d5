// `gan sweep`, killed by SIGKILL at random instants and resumed each time: no trial is lost or trained twice, no step is
// missing, and the last checkpoints are byte for byte those of a sweep that nobody disturbed.
//   node bench/evidence/sweep-kills.mjs [kills [seed]]      (30 kills and seed 1 by default)
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GAN, temporaryFolder } from './gan.mjs';

const [kills = '30', seed = '1'] = process.argv.slice(2);
const STEPS = 600;
const TRIALS = 12;
/** Longer than it takes to open a run, so that training gets somewhere between two kills. */
const LONGEST_MS = 6000;

const EXPERIMENT = {
  data: { source: 'points2d', batchSize: 4 },
  generator: { network: 'mlp', hidden: [6] },
  discriminator: { network: 'mlp', hidden: [6] },
  latent: { size: 2 },
  length: { steps: STEPS },
  logging: { checkpointEvery: 50, sampleEvery: STEPS, sampleCount: 4 },
  evaluation: { every: 200, samples: 10, metrics: ['slicedWasserstein'], budgetShare: 1 },
};
const SWEEP = {
  experiment: 'toy.gan.json',
  parameters: { 'optimiser.generatorLearningRate': { from: 0.0001, to: 0.01, by: 'log-uniform' } },
  trials: TRIALS,
  seeds: 1,
  objective: 'slicedWasserstein',
  pruning: 'none',
};

/** mulberry32 */
function generator(state) {
  let a = Number(state);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const folder = temporaryFolder();

function prepared(name) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'toy.gan.json'), JSON.stringify(EXPERIMENT));
  writeFileSync(join(place, 'toy.gan-sweep.json'), JSON.stringify(SWEEP));
  return place;
}

/** Returns the exit status, or the signal. */
async function sweep(place, args, killAfterMs) {
  const child = spawn(process.execPath, [GAN, 'sweep', ...args], { cwd: place, stdio: 'ignore' });
  const ended = once(child, 'close');
  if (killAfterMs !== undefined)
    await Promise.race([ended, sleep(killAfterMs).then(() => child.kill('SIGKILL'))]);
  const [status, signal] = await ended;
  return status ?? signal;
}

const ofSweep = join('gan-runs', 'sweeps', '00001-toy');

function runsIn(place) {
  const names = readdirSync(join(place, 'gan-runs')).filter((name) => /^\d/.test(name));
  return names.flatMap((name) => {
    const read = (file) => readFileSync(join(place, 'gan-runs', name, file));
    let record;
    try {
      record = JSON.parse(read('run.json'));
    } catch {
      // Killed while the folder was being created: never a run.
      return [];
    }
    const steps = read('metrics.jsonl')
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'step')
      .map(({ step }) => step);
    const checkpoint = read(join('checkpoints', `step-${String(STEPS).padStart(8, '0')}.safetensors`));
    return {
      trial: record.sweep.trial,
      steps,
      checkpoint: createHash('sha256').update(checkpoint).digest('hex'),
    };
  });
}

const straight = prepared('straight');
await sweep(straight, ['toy.gan-sweep.json']);
const expected = new Map(runsIn(straight).map(({ trial, checkpoint }) => [trial, checkpoint]));

const random = generator(seed);
let done = 0;
let trained = 0;
let missing = 0;
let doubled = 0;
let different = 0;
for (let round = 1; done < Number(kills); round++) {
  const place = prepared(`round-${round}`);
  let args = ['toy.gan-sweep.json'];
  // The first kill may come before the sweep has a folder.
  for (let isOver = false; !isOver; ) {
    const kill = done < Number(kills) ? 300 + random() * LONGEST_MS : undefined;
    const status = await sweep(place, args, kill);
    if (status === 'SIGKILL') done++;
    isOver = status === 0;
    try {
      readFileSync(join(place, ofSweep, 'sweep.json'));
      args = ['resume', ofSweep];
    } catch {
      args = ['toy.gan-sweep.json'];
    }
  }
  const runs = runsIn(place);
  trained += runs.length;
  doubled += runs.length - new Set(runs.map(({ trial }) => trial)).size;
  missing += TRIALS - new Set(runs.map(({ trial }) => trial)).size;
  for (const { trial, steps, checkpoint } of runs) {
    if (steps.length !== STEPS || steps.some((step, index) => step !== index + 1)) missing++;
    if (checkpoint !== expected.get(trial)) different++;
  }
}
console.log(
  '| kills | trials trained | lost | trained twice | checkpoints that differ |\n|---:|---:|---:|---:|---:|',
);
console.log(`| ${done} | ${trained} | ${missing} | ${doubled} | ${different} |`);
