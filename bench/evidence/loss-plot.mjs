// Time and memory of the loss plot that `gan train` draws at the end, for a run of 3,000,000 step records.
//   node --expose-gc bench/evidence/loss-plot.mjs [records]
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSource } from '../../scripts/load-source.mjs';
import { temporaryFolder } from './gan.mjs';
import { writeRecords } from './many-records.mjs';

const RECORDS = Number(process.argv[2] ?? 3_000_000);
const folder = temporaryFolder();
const { LossCurves, lossPlotPng, readStepRecords } = await loadSource(
  `export * from './src/pictures/loss-plot'; export { readStepRecords } from './src/session/stored-run';`,
);
const run = join(folder, '00001-long');
const metrics = await writeRecords(run, RECORDS);
console.log(`${RECORDS} records, ${((await stat(metrics)).size / 1e6).toFixed(0)} MB of metrics.jsonl`);

globalThis.gc?.();
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 50);
const start = performance.now();
const curves = new LossCurves();
for await (const records of readStepRecords(run)) for (const record of records) curves.add(record);
const read = performance.now();
await lossPlotPng(curves, 'long');
const end = performance.now();
clearInterval(watch);
const seconds = (ms) => (ms / 1000).toFixed(1);
console.log(`read in ${seconds(read - start)} s, drawn in ${seconds(end - read)} s`);
console.log(`resident memory ${(before / 1e6).toFixed(0)} MB before, ${(peak / 1e6).toFixed(0)} MB at most`);
await rm(folder, { recursive: true });
