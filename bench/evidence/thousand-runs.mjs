// Time the tree takes to list a thousand runs, cold and warm: `node bench/evidence/thousand-runs.mjs [runs]`. Each run
// folder has a record and 200 lines of metrics that include a score; a tenth of the runs look live.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSource } from '../../scripts/load-source.mjs';

const count = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'gan-thousand-'));

function listing() {
  return loadSource(`
    export { RunCatalogue } from './src/runs/run-catalogue';
    export { BestScores } from './src/runs/best-scores';`);
}

function makeRuns() {
  const at = '2026-01-01T00:00:00.000Z';
  const record = {
    ...{ schemaVersion: 1, experiment: 'toy', experimentFile: '/toy.gan.json', step: 200, totalSteps: 200 },
    ...{ createdAt: at, updatedAt: at, trainingSeconds: 1 },
    engine: { name: 'onnx', version: '1', threads: 1 },
    versions: { workbench: '0', node: '20' },
    host: { name: 'here', platform: 'linux', cpu: 'cpu' },
  };
  const step = {
    ...{ schemaVersion: 1, type: 'step', images: 1, seconds: 1, imagesPerSecond: 1, discriminatorLoss: 1 },
    ...{
      generatorLoss: 1,
      realScore: 1,
      fakeScore: 1,
      discriminatorGradientNorm: 1,
      generatorGradientNorm: 1,
    },
  };
  const score = { schemaVersion: 1, type: 'score', name: 'fid', value: 12.5, protocol: 'p', step: 100 };
  const lines = Array.from({ length: 200 }, (_, index) => JSON.stringify({ ...step, step: index + 1 }));
  const metrics = `${[...lines, JSON.stringify(score)].join('\n')}\n`;
  for (let number = 1; number <= count; number++) {
    const id = `${String(number).padStart(5, '0')}-toy`;
    const run = join(folder, 'gan-runs', id);
    mkdirSync(run, { recursive: true });
    const status = number % 10 === 0 ? 'running' : 'completed';
    writeFileSync(join(run, 'run.json'), JSON.stringify({ ...record, id, status }));
    writeFileSync(join(run, 'metrics.jsonl'), metrics);
  }
}

async function timed(what, work) {
  const begin = performance.now();
  const result = await work();
  console.log(`${what}: ${(performance.now() - begin).toFixed(0)} ms`);
  return result;
}

try {
  makeRuns();
  const { RunCatalogue, BestScores } = await listing();
  const report = (problem) => console.error(problem);
  const catalogue = new RunCatalogue(report);
  const scores = new BestScores();
  const look = () => catalogue.read([join(folder, 'gan-runs')]);
  const runs = await timed(`listing ${count} runs for the first time`, look);
  await timed('listing them again', look);
  await timed('and again', look);
  await timed('their best scores, behind the listing', () => scores.read(runs));
  await timed('and again', () => scores.read(runs));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
