// How a sweep grows: many processes claim the trials of one sweep, whose training is replaced by waiting. Counts the calls
// that reach the file system, and checks that every trial is claimed once.
//   node bench/evidence/sweep-claims.mjs [processes [trials [seconds of a trial]]]      (200, 1,000 and 0 by default)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/bundle-options.mjs';
import { loadSource } from '../../scripts/load-source.mjs';
import { temporaryFolder } from './gan.mjs';

const [processes = 200, trials = 1000, seconds = 0] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a trial writes besides its run: its state, when it begins and when it ends. */
const TRIAL = `
import { setTimeout as sleep } from 'node:timers/promises';
export class TrialRun {
  constructor({ sweep, trial, lock }, state) {
    Object.assign(this, { sweep, trial: trial.trial, lock, state });
  }
  async train() {
    await this.write('running');
    await sleep(Number(process.env.TRIAL_SECONDS) * 1000);
    return await this.write('completed');
  }
  async write(status) {
    this.lock.check();
    this.state = { ...this.state, status, attempts: this.state.attempts + 1 };
    await this.sweep.writeState(this.trial, this.state);
    return this.state;
  }
}`;
const withoutTraining = {
  name: 'without-training',
  setup(bundle) {
    bundle.onLoad({ filter: /src[\\/]sweep[\\/]trial-run\.ts$/ }, () => ({
      contents: TRIAL,
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/** Counts calls of the file system in a process; the names are those of the system calls. */
const COUNTING = `
const fs = require('node:fs');
const promises = require('node:fs/promises');
const counts = {};
const count = (names) => names.forEach((name) => (counts[name] = (counts[name] ?? 0) + 1));
const watch = (object, method, names) => {
  const original = object[method];
  object[method] = function (...args) {
    count(names);
    return original.apply(this, args);
  };
};
const CALLS = {
  open: ['open'], stat: ['stat'], lstat: ['stat'], access: ['stat'], readdir: ['readdir'], mkdir: ['mkdir'],
  rename: ['rename'], rm: ['unlink'], unlink: ['unlink'], rmdir: ['unlink'],
  readFile: ['open', 'read', 'close'], writeFile: ['open', 'write', 'close'],
};
for (const [method, names] of Object.entries(CALLS)) {
  watch(promises, method, names);
  watch(fs, method + 'Sync', names);
}
let isWatched = false;
const open = promises.open;
promises.open = async (...args) => {
  const handle = await open(...args);
  if (!isWatched) {
    isWatched = true;
    const handles = Object.getPrototypeOf(handle);
    const of = { read: 'read', write: 'write', writeFile: 'write', readFile: 'read', stat: 'stat', sync: 'fsync' };
    for (const [method, name] of Object.entries({ ...of, datasync: 'fsync', close: 'close' }))
      watch(handles, method, [name]);
  }
  return handle;
};
module.exports = counts;`;

const WORKER = `
import counts from 'counting';
import { SweepFolder } from './src/sweep/sweep-folder';
import { workOn } from './src/sweep/worker';
const claimed = [];
SweepFolder.open(process.argv[2]).then(async (sweep) => {
  process.send('ready');
  await new Promise((resolve) => process.once('message', resolve));
  const observer = { onTrial: ({ trial }) => claimed.push(trial) };
  await workOn(sweep, { observer, signal: new AbortController().signal });
  process.send({ counts, claimed }, () => process.exit());
});`;

const counting = {
  name: 'counting',
  setup(bundle) {
    bundle.onResolve({ filter: /^counting$/ }, () => ({ path: 'counting', namespace: 'counting' }));
    bundle.onLoad({ filter: /.*/, namespace: 'counting' }, () => ({ contents: COUNTING, loader: 'js' }));
  },
};

async function prepared() {
  const folder = temporaryFolder();
  const parameters = { 'optimiser.beta1': { from: 0, to: 0.9 } };
  const experiment = { data: { source: 'digits' }, evaluation: { every: 100 } };
  writeFileSync(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const file = join(folder, 'toy.gan-sweep.json');
  writeFileSync(
    file,
    JSON.stringify({ experiment: 'toy.gan.json', parameters, trials, seeds: 1, objective: 'fid' }),
  );
  const { loadSweep, planOf, SweepFolder } = await loadSource(`
    export { loadSweep } from './src/sweep/load-sweep';
    export { planOf } from './src/sweep/plan';
    export { SweepFolder } from './src/sweep/sweep-folder';`);
  return await SweepFolder.create(join(folder, 'gan-runs'), planOf(file, await loadSweep(file)));
}

const sweep = await prepared();
const script = join(root, 'dist', `sweep-claims-${process.pid}.cjs`);
await build({
  ...nodeBundle({ plugins: [counting, withoutTraining] }),
  stdin: { contents: WORKER, resolveDir: root, loader: 'ts' },
  outfile: script,
  logLevel: 'error',
});

const workers = Array.from({ length: processes }, () =>
  spawn(process.execPath, [script, sweep.path], {
    env: { ...process.env, TRIAL_SECONDS: String(seconds) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  }),
);
await Promise.all(workers.map((worker) => once(worker, 'message')));
rmSync(script);
console.log(`${processes} processes are ready`);
const start = performance.now();
const reports = await Promise.all(
  workers.map(async (worker) => {
    worker.send('begin');
    const [report] = await once(worker, 'message');
    return { ...report, endedAt: performance.now() };
  }),
);
/** Processes that find no trial left wait for those that still train. */
const elapsed = (Math.max(...reports.map(({ endedAt }) => endedAt)) - start) / 1000;

const claims = reports.flatMap(({ claimed }) => claimed);
const states = Array.from({ length: trials }, (_, index) =>
  JSON.parse(readFileSync(join(sweep.trialFolder(index + 1), 'state.json'), 'utf8')),
);
const counts = {};
for (const report of reports)
  for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
const twice = claims.length - new Set(claims).size;
const lost = states.filter(({ status }) => status !== 'completed').length;
console.log(
  `${trials} trials of ${seconds} s: claimed ${claims.length} times, twice ${twice}, not completed ${lost}, in ${elapsed.toFixed(1)} s`,
);
console.log(
  `file operations: ${total}, ${Math.round(total / trials)} for each trial, ${Math.round(total / elapsed)} a second`,
);
console.log(
  Object.entries(counts)
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(' · '),
);
process.exitCode = twice + lost > 0 ? 1 : 0;
