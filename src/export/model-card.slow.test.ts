import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointedRun } from '../../test/support/checkpointed-run';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { writeEvaluation } from '../run-folder/evaluations';
import { RUN_FILES, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { exportRun } from './export-run';

it('is a card with metadata, the network in both forms, and how to use it', async () => {
  const folder = await temporaryFolder();
  const runFolder = await checkpointedRun(folder, {
    data: { source: 'digits', batchSize: 4 },
    latent: { size: 5 },
    generator: { network: 'dcgan', channels: [4, 3] },
    discriminator: { network: 'dcgan', channels: [3, 4] },
    conditioning: 'projection',
  });
  await writeEvaluation(runFolder, [
    { schemaVersion: RUN_SCHEMA_VERSION, type: 'score', step: 10, name: 'fid', value: 31.5, protocol: 'p' },
  ]);
  const record = join(runFolder, RUN_FILES.run);
  const parent = {
    run: '00001-a|b',
    step: 1200,
    weights: { path: 'p', networks: ['generator'], isAveraged: true },
  };
  await writeFile(record, JSON.stringify({ ...JSON.parse(await readFile(record, 'utf8')), parent }));
  const path = join(folder, 'card');
  await exportRun({ runFolder, format: 'model-card', path, replaces: false });
  expect((await readdir(path)).sort()).toEqual(['README.md', 'model.onnx', 'model.py', 'model.safetensors']);
  const card = await readFile(join(path, 'README.md'), 'utf8');
  expect(card).toMatch(/^---\npipeline_tag: unconditional-image-generation\ntags:\n- gan\n/);
  expect(card).toContain('np.random.normal(size=(8, 5))');
  expect(card).toContain('"class": np.arange(8) % 10');
  expect(card).toContain('| FID | 31.5 | 10 | p |');
  expect(card).toContain('| Git commit | 0123456789ab |');
  expect(card).toMatch(/\| Weights from \| 00001-a.*b, step 1,200 \|/);
  expect(card).toContain('CC BY-SA 3.0');
});
