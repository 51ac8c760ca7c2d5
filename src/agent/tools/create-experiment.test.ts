import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { points } from '../../../test/support/tiny-experiments';
import { AgentWorkspace } from '../agent-workspace';
import { callTool } from '../call-tool';
import type { Trainer } from '../trainer';
import { createExperiment } from './create-experiment';

const trainer: Trainer = {
  start: () => Promise.reject(new RangeError('creating trains nothing')),
  resume: () => Promise.reject(new RangeError('creating trains nothing')),
  sweep: () => Promise.reject(new RangeError('creating trains nothing')),
};

async function created(experiment: object, changes: object) {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'toy.gan.json'), JSON.stringify(experiment));
  const workspace = new AgentWorkspace([{ name: 'root', path: folder }]);
  const context = { workspace, trainer, signal: new AbortController().signal };
  const outcome = await callTool(createExperiment, { from: 'toy', name: 'new', changes }, context);
  const text = await readFile(join(folder, 'new.gan.json'), 'utf8').catch(() => undefined);
  return { outcome, written: text === undefined ? undefined : JSON.parse(text) };
}

it('corrects an experiment that is not valid', async () => {
  const { outcome, written } = await created(
    { ...points, optimiser: { beta1: 2 } },
    { 'optimiser.beta1': 0.5 },
  );
  expect(outcome).toEqual({
    answer: { value: { experiment: 'new.gan.json', changed: ['optimiser.beta1'] } },
  });
  expect(written).toMatchObject({ optimiser: { beta1: 0.5 } });
});

it('writes nothing that is not valid', async () => {
  const { outcome, written } = await created(points, { 'optimiser.beta1': 2 });
  expect(outcome).toEqual({ refusal: expect.stringContaining('Nothing was written.') });
  expect(written).toBeUndefined();
});
