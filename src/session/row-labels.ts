/** Labels of the rows of a run's sample grids, read from its newest sample, since the data may not be available. */
import { gridIn } from '../pictures/grid-description';
import { readBounded } from '../run-folder/bounded-file';
import { pathInRun } from '../run-folder/path-in-run';
import { MAX_SAMPLE_BYTES, sampleSteps } from '../run-folder/sample-files';
import { RUN_FILES, stepFileName } from '../shared/run-format';
import { classLabels } from '../training/samples';
import type { SampleSource } from '../training/task';

/**
 * Returns the names of the classes, or their numbers where no sample contains names. Throws `StorageError`,
 * `RunFolderError`.
 */
export async function rowLabelsOf(runFolder: string, source: SampleSource): Promise<readonly string[]> {
  return await classNamesOf(runFolder, classLabels(source).length);
}

/** The same for a run with this number of classes. */
export async function classNamesOf(runFolder: string, classes: number): Promise<readonly string[]> {
  const numbers = Array.from({ length: classes }, (_, index) => String(index));
  const newest = (await sampleSteps(runFolder)).at(-1);
  if (classes === 0 || newest === undefined) return numbers;
  const file = await pathInRun(runFolder, RUN_FILES.samples, stepFileName(newest, 'png'));
  const names = gridIn(await readBounded(file, MAX_SAMPLE_BYTES))?.rowLabels ?? [];
  return names.length === numbers.length ? names : numbers;
}
