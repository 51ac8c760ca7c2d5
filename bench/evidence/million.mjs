// Creates a run of 1,000,000 step records and times how long its curves take to be ready for the dashboard: on the
// first read, from the cache that the first read stored, and for a zoom into the middle. Does not need VS Code.
//   node bench/evidence/million.mjs

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadSource } from '../../scripts/load-source.mjs';
import { temporaryFolder } from './gan.mjs';
import { writeRecords } from './many-records.mjs';

const RECORDS = 1_000_000;
const folder = temporaryFolder();

const { RunHistory, CurveStore } = await loadSource(
  `export * from './src/runs/curves/run-history'; export * from './src/runs/curves/curve-store';`,
);

const run = join(folder, '00001-million');
const metrics = await writeRecords(run, RECORDS);

const view = { xAxis: 'step', maxBuckets: 1000 };
const store = new CurveStore(join(folder, 'storage'), () => true);
const delay = monitorEventLoopDelay({ resolution: 5 });

async function timed(title, act) {
  delay.enable();
  const start = performance.now();
  const result = await act();
  const ms = performance.now() - start;
  delay.disable();
  console.log(
    `${title.padEnd(46)} ${ms.toFixed(0).padStart(6)} ms, event loop at most ${(delay.max / 1e6).toFixed(0)} ms`,
  );
  delay.reset();
  return result;
}

console.log(`${RECORDS} records, ${((await stat(metrics)).size / 1e6).toFixed(0)} MB of metrics.jsonl`);
const first = await timed('from nothing, until all curves are ready', async () => {
  const history = new RunHistory(run, store);
  await history.refresh();
  history.curves(view);
  return history;
});
await timed('storing', () => first.keep());
const second = await timed('from what was stored', async () => {
  const history = new RunHistory(run, store);
  await history.refresh();
  history.curves(view);
  return history;
});
await timed('the whole run once more', async () => second.curves(view));
await timed('a zoom into a tenth', async () => second.curves({ ...view, from: 400_000, to: 500_000 }));
await timed('a zoom into 500 steps', async () => second.curves({ ...view, from: 400_000, to: 400_500 }));
await rm(folder, { recursive: true });
