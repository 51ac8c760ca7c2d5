// Time the tree takes to read a sweep of a thousand trials that have begun, and to look again:
// `node bench/evidence/thousand-trials.mjs [trials]`. All but ten trials have ended, each with ten scores; the ten look
// as if their process had died.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSource } from '../../scripts/load-source.mjs';

const count = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'gan-thousand-trials-'));

async function timed(what, work) {
  const begin = performance.now();
  const result = await work();
  console.log(`${what}: ${(performance.now() - begin).toFixed(0)} ms`);
  return result;
}

function stateOf(trial) {
  const scores = Array.from({ length: 10 }, (_, index) => ({ step: 100 * (index + 1), value: 100 - index }));
  const status = trial > count - 10 ? 'running' : trial % 3 === 0 ? 'completed' : 'pruned';
  const runs = [
    { seed: 0, run: `${String(trial).padStart(5, '0')}-toy`, steps: 1000, seconds: 9, value: 91 },
  ];
  return { status, scores, runs, ...(status === 'running' ? {} : { value: 91 + trial / count }) };
}

try {
  const { createToldSweep, SweepReader, listSweeps } = await loadSource(`
    export { createToldSweep } from './test/support/told-sweep';
    export { SweepReader } from './src/sweep/sweep-reader';
    export { listSweeps } from './src/runs/sweep-list';`);
  const states = Array.from({ length: count }, (_, index) => stateOf(index + 1));
  const { path } = await createToldSweep(join(folder, 'toy.gan.json'), states);
  await timed('finding the sweep', () => listSweeps([join(folder, 'gan-runs')]));
  const reader = await SweepReader.open(path);
  await timed(`reading its ${count} trials for the first time`, () => reader.read());
  await timed('looking again, ten of them not ended', () => reader.read());
  await timed('and again', () => reader.read());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
