/** Finds the experiment of a run, even in a project that was copied or moved. */
import { stat } from 'node:fs/promises';
import { experimentCandidates, type RecordedExperiment } from '../shared/experiment-place';

/** The first candidate that exists. */
export async function findExperiment(
  runFolder: string,
  recorded: RecordedExperiment,
): Promise<string | undefined> {
  for (const file of experimentCandidates(runFolder, recorded)) if (await isFile(file)) return file;
  return undefined;
}

/** The first candidate that exists, or else the likeliest. */
export async function locateExperiment(runFolder: string, recorded: RecordedExperiment): Promise<string> {
  return (await findExperiment(runFolder, recorded)) ?? experimentCandidates(runFolder, recorded)[0];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}
