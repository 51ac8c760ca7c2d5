// What watching costs: the records of a run are handed to the rules again and again, and the time of one is told,
// beside the mean time of a step of that run. Samples are not in it: they are measured every 50 steps at most.
//   node bench/evidence/diagnostics-cost.mjs RUN
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { metrics } from './gan.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = join(mkdtempSync(join(tmpdir(), 'gan-evidence-')), 'watch.cjs');
await build({
  stdin: {
    contents:
      "export { RunWatch } from './src/diagnostics/watch'; export { measureDiversity, measureMemorisation, neighbourReference } from './src/diagnostics/sample-measures';",
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile,
  external: ['sharp', 'onnxruntime-node', 'onnxruntime-web'],
  logLevel: 'error',
});
const { RunWatch, measureDiversity, measureMemorisation, neighbourReference } = (await import(outfile))
  .default;

const folder = process.argv[2];
const steps = metrics(folder).filter(({ type }) => type === 'step');
const context = {
  config: {
    optimiser: { generatorLearningRate: 0.001, discriminatorLearningRate: 0.001 },
    length: { steps: 1e9 },
  },
  lossRange: { sure: 0, undecided: 2 * Math.LN2 },
  scoresAreProbabilities: true,
  diversityOf: 'points',
};
const rounds = Math.ceil(20_000 / steps.length);
const watch = new RunWatch({ context, shape: { kind: 'points', dimensions: 2 }, reference: {} });
const start = performance.now();
for (let round = 0; round < rounds; round++) for (const record of steps) watch.replay(record);
const perStepMs = (performance.now() - start) / (rounds * steps.length);
const last = steps.at(-1);
const stepMs = (1000 * last.seconds) / last.step;
console.log(`watching: ${perStepMs.toFixed(4)} ms a step; a step of the run: ${stepMs.toFixed(1)} ms`);

const features = (count, size) => ({
  rows: Float32Array.from({ length: count * size }, (_, i) => Math.sin(i * i)),
  count,
  size,
});
const time = (what, act) => {
  act();
  const begin = performance.now();
  for (let i = 0; i < 5; i++) act();
  console.log(`${what}: ${((performance.now() - begin) / 5).toFixed(1)} ms`);
};
const images = features(64, 196);
const points = features(1000, 2);
time('diversity of 64 images of 28×28, every 50 steps at most', () =>
  measureDiversity(images, { real: images, control: images, diversityOf: 'images' }, 1),
);
time('diversity of 1,000 points, every 50 steps at most', () =>
  measureDiversity(points, { real: points, control: points, diversityOf: 'points' }, 1),
);
const neighbours = neighbourReference(features(1024, 196), features(1024, 196));
time('neighbours of 64 images of 28×28, every 200 steps at most', () =>
  measureMemorisation(images, neighbours),
);
