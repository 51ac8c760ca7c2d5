/**
 * Runs for tests of code that reads runs: a folder created by `createRun`, with a record for which no data was read.
 */

import { createRun, type NewRun } from '../../src/run-folder/create-run';
import type { RunWriter } from '../../src/run-folder/run-writer';

/** The run is open and locked; close it for a run at rest. */
export async function createToyRun(
  place: Pick<NewRun, 'runsFolder' | 'experimentFile'> &
    Partial<Pick<NewRun, 'config' | 'totalSteps' | 'generatorInput' | 'git' | 'sweep' | 'batchJob'>>,
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
