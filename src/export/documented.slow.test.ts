/** The scripts of docs/export.md run as they are, on exports of a run with classes. `npm run test:exports` supplies Python. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointedRun } from '../../test/support/checkpointed-run';
import { runPython } from '../../test/support/run-python';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { loadSharp } from '../data/images/load-sharp';
import { EXPORT_FORMATS } from '../shared/export-formats';
import { exportRun } from './export-run';

const PYTHONS: Readonly<Record<string, string | undefined>> = {
  onnx: process.env.GAN_WORKBENCH_ONNXRUNTIME_PYTHON,
  savedmodel: process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON,
  keras: process.env.GAN_WORKBENCH_TENSORFLOW_PYTHON,
  safetensors: process.env.GAN_WORKBENCH_PYTORCH,
};

interface DocumentedScript {
  readonly format: string;
  readonly out: string;
  readonly text: string;
}

/** Each command that exports, with the script after it. */
async function documentedScripts(): Promise<DocumentedScript[]> {
  const page = await readFile(resolve('docs/export.md'), 'utf8');
  const pattern =
    /gan export RUN --format (?<format>\S+) --out (?<out>\S+)[^`]*```\s+```python\n(?<text>.*?)```/gs;
  return [...page.matchAll(pattern)].map(({ groups }) => ({
    format: groups?.format ?? '',
    out: groups?.out ?? '',
    text: groups?.text ?? '',
  }));
}

it('has a script of at most ten lines for each library', async () => {
  const scripts = await documentedScripts();
  expect(scripts.map(({ format }) => format)).toEqual(Object.keys(PYTHONS));
  for (const { format, text } of scripts)
    expect(text.split('\n').filter((line) => line !== '').length, format).toBeLessThanOrEqual(10);
});

/** As in `digits-conditional`. */
const EXPERIMENT = {
  data: { source: 'digits' },
  model: 'dcgan',
  conditioning: { name: 'projection', generator: 'batch-norm' },
};

for (const [format, python] of Object.entries(PYTHONS)) {
  const reason = python === undefined ? ' (skipped: `npm run test:exports` supplies Python)' : '';
  const library = ['savedmodel', 'keras'].includes(format) ? ', in tensorflow' : '';
  it.skipIf(python === undefined)(`draws a row of each class of ${format}${library}${reason}`, async () => {
    const folder = await temporaryFolder();
    const script = (await documentedScripts()).find((one) => one.format === format);
    const exported = EXPORT_FORMATS.find(({ name }) => name === format);
    if (script === undefined || exported === undefined) throw new Error(`no script for ${format}`);
    const runFolder = await checkpointedRun(folder, EXPERIMENT);
    await exportRun({ runFolder, format: exported.name, path: join(folder, script.out), replaces: false });
    await runPython(python ?? '', ['-c', script.text], folder);
    const sharp = await loadSharp();
    const { data, info } = await sharp(join(folder, 'digits.png'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect({ width: info.width, height: info.height }).toEqual({ width: 8 * 28, height: 10 * 28 });
    const step = 28 * info.width * info.channels;
    const rows = Array.from({ length: 10 }, (_, i) => data.subarray(i * step, (i + 1) * step));
    // The weights are random, so that each class has a brightness of its own.
    const means = rows.map((row) => (row.reduce((sum, value) => sum + value, 0) / row.length).toFixed(1));
    expect(new Set(means).size).toBeGreaterThan(5);
  });
}
