/** A run at rest with records of every kind and sample grids, for tests of what is made of them. */
import { join } from 'node:path';
import { gridPng } from '../../src/pictures/grid';
import { float32 } from '../../src/shared/host-tensor';
import { type MetricsRecord, RUN_FILES, RUN_SCHEMA_VERSION, stepFileName } from '../../src/shared/run-format';
import { configOf } from './experiment-training';
import { createToyRun } from './toy-run';

const common = { schemaVersion: RUN_SCHEMA_VERSION };

export function stepRecord(step: number, extra?: Readonly<Record<string, number>>): MetricsRecord {
  return {
    ...common,
    type: 'step',
    step,
    images: 4 * step,
    seconds: step / 2,
    imagesPerSecond: 8,
    discriminatorLoss: 1 / step,
    generatorLoss: step,
    realScore: 0.75,
    fakeScore: 0.25,
    discriminatorGradientNorm: 2,
    generatorGradientNorm: 3,
    ...(extra === undefined ? {} : { extra }),
  };
}

const TOLD_RECORDS: readonly MetricsRecord[] = [
  stepRecord(1),
  stepRecord(2, { r1Penalty: 0.5 }),
  { ...common, type: 'score', step: 2, name: 'fid', value: 30.25, protocol: '9 samples, "random" features' },
  {
    ...common,
    type: 'finding',
    step: 2,
    rule: 'mode-collapse',
    title: 'Mode collapse',
    severity: 'warning',
    message: 'Samples are <alike> & few.',
    evidence: { diversity: 0.125 },
  },
  stepRecord(3),
  { ...common, type: 'score', step: 3, name: 'fid', value: 20.5, protocol: '9 samples, "random" features' },
  { ...common, type: 'event', step: 3, event: 'completed', at: '2026-01-02T03:04:05.000Z' },
];

export const SAMPLED_STEPS = [0, 2, 3];

/** Returns the run's folder. */
export async function toldRun(folder: string): Promise<string> {
  const run = await createToyRun({
    runsFolder: join(folder, 'gan-runs'),
    experimentFile: join(folder, 'toy.gan.json'),
    git: { commit: '0123456789abcdef', branch: 'main', changes: 'uncommitted' },
    config: configOf({ data: { source: 'points2d' } }),
  });
  try {
    for (const record of TOLD_RECORDS) await run.append(record);
    for (const step of SAMPLED_STEPS)
      await run.writeFile(
        join(RUN_FILES.samples, stepFileName(step, 'png')),
        await gridPng(float32([4, 8, 8, 1], new Float32Array(256).fill(step / 10))),
      );
  } finally {
    await run.close();
  }
  return run.folder;
}
