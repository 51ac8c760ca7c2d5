/** A run keeps its engine when it is resumed, and says so where it does not. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { points } from '../../test/support/tiny-experiments';
import { loadExperiment } from '../config/load';
import { changeStoredConfig } from '../config/stored';
import { readRunRecord } from '../run-folder/run-record';
import { formatText } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { readStoredConfig } from './stored-run';
import { resumeSession, startSession } from './training-session';

const experiment = {
  ...points,
  length: { steps: 2 },
  engine: { name: 'onnx-wasm', threads: 1 },
  evaluation: false,
};

async function started(): Promise<{ readonly file: string; readonly folder: string }> {
  const file = join(await temporaryFolder(), 'toy.gan.json');
  await writeFile(file, JSON.stringify(experiment));
  const session = await startSession({ experiment: await loadExperiment(file) });
  await session.run();
  return { file, folder: session.folder };
}

/** The engine that trains the resumed run, according to its record, and the warnings. */
async function resumed(name: string) {
  const { file, folder } = await started();
  const warnings: string[] = [];
  const config = changeStoredConfig(await readStoredConfig(folder), [
    `engine.name=${name}`,
    'length.steps=3',
  ]);
  const session = await resumeSession({
    runFolder: folder,
    config,
    experimentFile: file,
    experimentName: 'toy',
    observer: { onWarning: (warning) => void warnings.push(formatText(warning)) },
  });
  await session.run();
  const { engine, step } = await readRunRecord(folder);
  expect(step).toBe(3);
  return { engine: engine.name, warnings, log: await readFile(join(folder, RUN_FILES.log), 'utf8') };
}

it('goes on with the engine that trained it, where the choice is open', async () => {
  expect(await resumed('auto')).toMatchObject({ engine: 'onnx-wasm', warnings: [] });
});

it('goes on with another engine if it has to, with a warning in its log', async () => {
  const { engine, warnings, log } = await resumed('onnx');
  expect(engine).toBe('onnx');
  expect(warnings).toEqual([
    'The run was trained on onnx-wasm and continues on onnx. Engines round differently, so results differ slightly from here on.',
  ]);
  expect(log).toContain(warnings[0]);
});
