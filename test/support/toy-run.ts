/**
 * Runs for tests of code that reads runs: a folder created by `createRun`, with a record for which no data was read.
 */

import { createRun, type NewRun } from '../../src/run-folder/create-run';
import type { RunWriter } from '../../src/run-folder/run-writer';
import type { RunRecord } from '../../src/shared/run-format';

/** The run is open and locked; close it for a run at rest. */
export async function createToyRun(
  place: Pick<NewRun, 'runsFolder' | 'experimentFile'> &
    Partial<Pick<NewRun, 'totalSteps' | 'generatorInput'>>,
): Promise<RunWriter> {
  return await createRun({
    experiment: 'toy',
    config: {},
    totalSteps: 10,
    engine: { name: 'onnx', version: '1', threads: 1 },
    workbenchVersion: '0',
    ...place,
  });
}

export const RING_RECORD: RunRecord = {
  schemaVersion: 1,
  id: '00003-ring',
  experiment: 'ring',
  experimentFile: '/w/ring.gan.json',
  status: 'running',
  step: 20,
  totalSteps: 50,
  engine: { name: 'onnx', version: '1', threads: 1 },
  versions: { workbench: '1', node: '20' },
  host: { name: 'h', platform: 'p', cpu: 'c' },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  trainingSeconds: 1,
};
