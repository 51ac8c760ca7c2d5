import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { bundleWorker } from '../../test/support/worker-bundle';
import { loadExperiment } from '../config/load';
import { startSession } from '../session/training-session';
import { forkNode } from '../shared/node-process';
import { RUN_FILES } from '../shared/run-format';

const NEVER = 'await new Promise(() => {});\n';
const MODULE = `export function generator(scope, latents, { layers }) {
  return layers.dense(scope, 'out', latents, { units: 2 });
}`;
const EXPERIMENT = {
  data: { source: 'points2d', count: 200 },
  model: 'toy2d',
  generator: { network: 'module', module: './own.mjs', export: 'generator' },
  latent: { size: 2 },
  length: { steps: 1 },
};

async function writeExperiment(module: string): Promise<string> {
  const folder = await temporaryFolder();
  const file = join(folder, 'own.gan.json');
  await writeFile(join(folder, 'own.mjs'), module);
  await writeFile(file, JSON.stringify(EXPERIMENT));
  return file;
}

/** Sends a viewer process a message, and returns all of its answers up to one of a type. */
async function answersOf(entry: string, message: object, until: string): Promise<{ type: string }[]> {
  const bundle = await bundleWorker(entry);
  onTestFinished(() => bundle.remove());
  const child = forkNode(bundle.file, () => undefined, { serialization: 'advanced' });
  const answers: { type: string }[] = [];
  const answered = new Promise<void>((resolve) => {
    child.on('message', (answer: { type: string }) => {
      answers.push(answer);
      if (answer.type === until) resolve();
    });
  });
  const gone = once(child, 'exit');
  child.send(message);
  await Promise.race([answered, gone]);
  if (child.connected) child.disconnect();
  await gone;
  return answers;
}

it('the latent explorer reports a kept module that never finishes loading', async () => {
  const experiment = await loadExperiment(await writeExperiment(MODULE), []);
  const session = await startSession({ experiment });
  await session.run();
  const kept = join(session.folder, RUN_FILES.modules, '1', 'own.mjs');
  await writeFile(kept, NEVER + (await readFile(kept, 'utf8')));
  const open = { type: 'open', runFolder: session.folder, isTrusted: true };
  expect(await answersOf('explorer-main.ts', open, 'failed')).toMatchObject([
    { type: 'failed', message: { values: [kept, 'its top-level await never finishes'] } },
  ]);
});

it('the dataset page estimates no time where a module never finishes loading', async () => {
  const open = { type: 'open', experimentFile: await writeExperiment(NEVER + MODULE) };
  const answers = await answersOf('dataset-main.ts', open, 'estimated');
  expect(answers.at(-1)).toEqual({ type: 'estimated' });
});
