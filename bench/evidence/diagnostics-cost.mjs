// Cost of the diagnostics against their budget: 2 % of a step or 0.2 ms a step, whichever is more. The records of a run
// are fed to fresh diagnostics in a separate process, one record per step of the run's experiment, with real examples
// as samples at the experiment's own interval (and at the shortest interval at which samples are measured), so the slow
// first calls count as they do in training. Opening reads the real examples and happens once per run.
//   node bench/evidence/diagnostics-cost.mjs [RUN…]     trains toy-ring and digits-dcgan if no runs are given
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';
import { example, gan, metrics, runFolder, temporaryFolder } from './gan.mjs';

const ROUND = '--one';
const SHARE = 0.02;
const LEAST_MS = 0.2;

if (process.argv[2] === ROUND) {
  console.log(JSON.stringify(await measured(process.argv[3], Number(process.argv[4]))));
} else {
  const runs = process.argv.length > 2 ? process.argv.slice(2) : trained();
  console.log(
    '| run | ms a step | may cost | a record | samples every: one | in all, a step | opening, once |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const run of runs) {
    const config = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'));
    for (const every of [config.logging.sampleEvery, 50]) console.log(row(run, every));
  }
}

function trained() {
  const out = temporaryFolder();
  return [
    ['toy-ring', 500],
    ['digits-dcgan', 100],
  ].map(([name, steps]) => runFolder(gan('train', example(name), '--steps', String(steps), '--out', out)));
}

function row(run, every) {
  const { experiment } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), ROUND, run, String(every)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const { stepMs, recordMs, samplesMs, openMs, steps } = JSON.parse(stdout);
  const mayMs = Math.max(LEAST_MS, SHARE * stepMs);
  const costMs = recordMs + samplesMs / every;
  const verdict = costMs <= mayMs ? '' : ' **too much**';
  return `| ${experiment}, ${steps} steps | ${stepMs.toFixed(1)} | ${mayMs.toFixed(2)} ms | ${recordMs.toFixed(4)} ms | ${every}: ${samplesMs.toFixed(1)} ms | ${costMs.toFixed(3)} ms${verdict} | ${openMs.toFixed(0)} ms |`;
}

/** Mean milliseconds over the run: `recordMs` per record and `samplesMs` per sample. */
async function measured(run, every) {
  const { newDiagnostics, openDataset, parseStoredConfig } = await loadSource(
    `export { newDiagnostics } from './src/session/diagnostics';
     export { openDataset } from './src/session/dataset';
     export { parseStoredConfig } from './src/config/stored';`,
  );
  const json = (name) => JSON.parse(readFileSync(join(run, name), 'utf8'));
  const config = parseStoredConfig(json('config.json'), run);
  const dataset = await openDataset(config, { baseFolder: dirname(json('run.json').experimentFile) });
  const opening = performance.now();
  const watch = await newDiagnostics(config, dataset);
  const openMs = performance.now() - opening;

  const records = metrics(run).filter(({ type }) => type === 'step');
  const count = config.logging.sampleCount;
  const { shape } = dataset.heldOut;
  const extents = shape.kind === 'image' ? [shape.height, shape.width, shape.channels] : [shape.dimensions];
  const size = extents.reduce((product, extent) => product * extent, 1);
  const steps = config.length.steps;
  let [recordsMs, samplesMs, samples] = [0, 0, 0];
  for (let step = 1; step <= steps; step++) {
    const record = { ...records[(step - 1) % records.length], step };
    let begin = performance.now();
    watch.onStep(record);
    recordsMs += performance.now() - begin;
    if (step % every !== 0) continue;
    const data = new Float32Array(count * size);
    const first = samples++;
    const indices = Uint32Array.from({ length: count }, (_, i) => (first + i) % dataset.heldOut.count);
    await dataset.heldOut.read(indices, data);
    begin = performance.now();
    watch.onSamples(step, { fake: { data, shape: [count, ...extents] } });
    samplesMs += performance.now() - begin;
  }
  const last = records.at(-1);
  return {
    stepMs: (1000 * last.seconds) / last.step,
    recordMs: recordsMs / steps,
    samplesMs: samples === 0 ? 0 : samplesMs / samples,
    openMs,
    steps,
  };
}
