// `node bench/exports/table.mjs RUN`: exports a run of digits-conditional in every format, opens each export in the
// program that it is made for, and writes the table of docs/measurements.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensureBuilt, root } from '../../scripts/ensure-installed.mjs';
import { loadSource } from '../../scripts/load-source.mjs';
import { exportReaders, outputOf, pythonWith } from '../peers/python.mjs';

const PAGE = join(root, 'docs', 'measurements.md');
const HEADING = '## Exports\n';
/** As many as a grid of the preset has. */
const SAMPLES = 80;
/** The machine may do something else meanwhile, so that the shortest time counts. */
const REPEATS = 3;

const [given] = process.argv.slice(2);
if (given === undefined) {
  console.error('node bench/exports/table.mjs RUN, a run of digits-conditional');
  process.exit(2);
}
const run = resolve(given);
ensureBuilt();
const { EXPORT_FORMATS } = await loadSource("export { EXPORT_FORMATS } from './src/shared/export-formats';");
const { onnxruntime, tensorflow, pytorch } = exportReaders();
const records = pythonWith('records', 'numpy', 'tensorboard', 'mlflow-skinny', 'pillow');
const PYTHONS = { savedmodel: tensorflow, keras: tensorflow, safetensors: pytorch };

const folder = mkdtempSync(join(tmpdir(), 'gan-exports-'));
try {
  const [samples, latents] = ['samples.npz', 'latents.npy'].map((name) => join(folder, name));
  gan('sample', run, '--count', String(SAMPLES), '--out', samples, '--save-latents', latents);
  const sheets = readdirSync(join(run, 'samples')).filter((name) => /^step-\d+\.png$/.test(name));
  const sheet = join(run, 'samples', sheets.sort().at(-1) ?? '');
  const rows = EXPORT_FORMATS.map(({ name, output }) => {
    const path = join(folder, output === 'folder' ? name : `${name}.${output.extension}`);
    const times = Array.from({ length: REPEATS }, () => {
      const start = performance.now();
      gan('export', run, '--format', name, '--out', path, '--force');
      return performance.now() - start;
    });
    const seconds = Math.min(...times) / 1000;
    const python = PYTHONS[name] ?? (['onnx', 'web', 'model-card'].includes(name) ? onnxruntime : records);
    const script = join(root, 'bench', 'exports', 'read.py');
    const printed = outputOf(python, [script, name, path, samples, latents, sheet]);
    return { name, seconds, size: sizeOf(path), ...JSON.parse(printed.trim().split('\n').at(-1) ?? '') };
  });
  const table = tableOf(rows);
  console.log(table);
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), table));
} finally {
  rmSync(folder, { recursive: true });
}

function gan(...args) {
  execFileSync(process.execPath, [join(root, 'dist', 'gan.cjs'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function sizeOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function tableOf(rows) {
  const lines = rows.map(({ name, reader, holds, size, seconds, difference }) => {
    const megabytes = size < 1e5 ? `${(size / 1e3).toFixed(0)} kB` : `${(size / 1e6).toFixed(2)} MB`;
    return `| \`${name}\` | ${reader} | ${holds} | ${megabytes} | ${seconds.toFixed(1)} s | ${difference ?? '–'} |`;
  });
  return [
    '| format | reader | holds | size | time | largest difference |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** In place of the first table under the heading. */
function withTable(page, table) {
  const at = page.indexOf(HEADING);
  const [before, section] = [page.slice(0, at), page.slice(at)];
  return before + section.replace(/(?:^\|.*$\n?)+/m, `${table}\n`);
}
