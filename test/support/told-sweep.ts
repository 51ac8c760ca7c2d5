/** Sweeps for tests of code that reads them: folders whose trials say what the test tells, without any training. */
import { dirname, join } from 'node:path';
import { RUN_SCHEMA_VERSION } from '../../src/shared/run-format';
import { SweepFolder } from '../../src/sweep/sweep-folder';
import { NEW_TRIAL, type TrialState } from '../../src/sweep/sweep-format';
import { sweepSchema } from '../../src/sweep/sweep-schema';

/**
 * @param trials the states of the trials; undefined for one that has not begun
 */
export async function createToldSweep(
  experimentFile: string,
  trials: readonly (Partial<TrialState> | undefined)[],
): Promise<SweepFolder> {
  const folder = dirname(experimentFile);
  const { $schema: _, ...sweep } = sweepSchema.parse({
    experiment: 'toy.gan.json',
    parameters: { 'optimiser.beta1': { from: 0, to: 0.9, by: 'uniform' } },
    objective: 'fid',
    seeds: 1,
  });
  const made = await SweepFolder.create(join(folder, 'gan-runs'), {
    schemaVersion: RUN_SCHEMA_VERSION,
    name: 'toy',
    sweepFile: join(folder, 'toy.gan-sweep.json'),
    experimentFile,
    experimentText: '{}',
    sweep,
    trials: trials.length,
    seeds: [0],
    createdAt: '2026-01-01T00:00:00Z',
  });
  for (const [index, state] of trials.entries()) {
    if (state === undefined) continue;
    const trial = index + 1;
    await made.createTrialFolder(trial);
    await made.writeTrial({
      schemaVersion: RUN_SCHEMA_VERSION,
      trial,
      point: [0.5],
      values: { 'optimiser.beta1': trial / 10 },
    });
    await made.writeState(trial, { ...NEW_TRIAL, ...state });
  }
  return made;
}
