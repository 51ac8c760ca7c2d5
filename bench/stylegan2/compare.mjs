// Holds every layer of StyleGAN2, both networks and the path length, each with its gradients, to an implementation in
// PyTorch that was written from the formulas of the papers. The first call installs PyTorch into the cache folder; where
// that fails, nothing is compared.
//   node bench/stylegan2/compare.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';
import { outputOf, pythonWith } from '../peers/python.mjs';

/** Both compute in single precision. */
const TOLERANCE = 1e-4;

const python = pythonOrNothing();
if (python !== undefined) {
  const { computedCases, encodeSafetensors } = await loadSource(
    `export { computedCases } from './bench/stylegan2/cases';
     export { encodeSafetensors } from './src/storage/safetensors';`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'stylegan2-'));
  try {
    const file = join(folder, 'cases.safetensors');
    writeFileSync(file, Buffer.concat(encodeSafetensors(await computedCases(), {})));
    const script = fileURLToPath(new URL('reference.py', import.meta.url));
    report(JSON.parse(outputOf(python, [script, file])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pythonOrNothing() {
  try {
    return pythonWith('pytorch', 'torch', 'safetensors', 'pillow');
  } catch (error) {
    console.error(`Nothing was compared, since PyTorch cannot be had: ${error.message}`);
    return undefined;
  }
}

function report(cases) {
  console.log('| | error of the value | largest error of a gradient |');
  console.log('|---|---:|---:|');
  for (const [name, { value, gradients }] of Object.entries(cases))
    console.log(`| ${name} | ${value.toExponential(1)} | ${gradients.toExponential(1)} |`);
  const worst = Math.max(...Object.values(cases).flatMap(({ value, gradients }) => [value, gradients]));
  if (!(worst < TOLERANCE)) throw new Error(`An error of ${worst} is more than ${TOLERANCE}.`);
}
