/** Finds the experiment of a run, also in a project that was copied or moved. */
import { stat } from 'node:fs/promises';
import { experimentCandidates, type RecordedExperiment } from '../../shared/experiment-place';

/** The first candidate that exists, or the first one where none does. */
export async function locateExperiment(runFolder: string, recorded: RecordedExperiment): Promise<string> {
  const candidates = experimentCandidates(runFolder, recorded);
  for (const file of candidates) if (await isFile(file)) return file;
  return candidates[0];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}
