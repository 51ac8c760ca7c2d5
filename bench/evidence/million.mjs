// Makes a run of 1,000,000 step records and times how long its curves take to be ready for the dashboard: from nothing,
// from what the first reading stored, and for a zoom into the middle. Without VS Code.
//   node bench/evidence/million.mjs

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from './gan.mjs';

const RECORDS = 1_000_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();

const bundle = join(folder, 'run-history.mjs');
await build({
  stdin: {
    contents: `export * from './src/host/dashboard/run-history'; export * from './src/host/dashboard/curve-store';`,
    resolveDir: root,
  },
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const { RunHistory, CurveStore } = await import(pathToFileURL(bundle).href);

const run = join(folder, '00001-million');
await mkdir(run);
const metrics = join(run, 'metrics.jsonl');
const file = createWriteStream(metrics);
const noise = (step, wave) => 0.5 + 0.5 * Math.sin(step * wave) * Math.sin(step * 0.7 * wave + 1);
for (let step = 1; step <= RECORDS; step++) {
  const record = {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 64 * step,
    seconds: 0.15 * step + noise(step, 3) / 100,
    imagesPerSecond: 400 + 20 * noise(step, 5),
    discriminatorLoss: 1 + noise(step, 1.1),
    generatorLoss: 0.7 + noise(step, 1.3),
    realScore: 0.4 + 0.3 * noise(step, 1.7),
    fakeScore: 0.3 + 0.3 * noise(step, 1.9),
    discriminatorGradientNorm: noise(step, 2.3),
    generatorGradientNorm: 2 * noise(step, 2.9),
    extra: { r1Penalty: noise(step, 3.1) / 10 },
  };
  if (!file.write(`${JSON.stringify(record)}\n`)) await once(file, 'drain');
}
file.end();
await once(file, 'close');

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
