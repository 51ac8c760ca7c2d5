/** All records of a run in order, with the scores that were computed outside of training at the end. */
import { readEvaluations } from '../run-folder/evaluations';
import { readMetricsParts } from '../run-folder/metrics-reader';
import { pathInRun } from '../run-folder/path-in-run';
import { STEP_CURVES } from '../shared/dashboard-protocol';
import { type MetricsRecord, RUN_FILES } from '../shared/run-format';

/** In parts, so that memory does not grow with their number. Throws `RunFolderError`, `StorageError`. */
export async function* recordParts(runFolder: string): AsyncGenerator<readonly MetricsRecord[]> {
  for await (const part of readMetricsParts(await pathInRun(runFolder, RUN_FILES.metrics)))
    yield part.map(({ record }) => record);
  yield await readEvaluations(runFolder);
}

/** The numbers of a record by the names that trackers of experiments group: `training/generatorLoss`, `scores/fid`. */
export function numbersOf(record: MetricsRecord): (readonly [string, number])[] {
  if (record.type === 'score') return [[`scores/${record.name}`, record.value]];
  if (record.type !== 'step') return [];
  return [
    ...STEP_CURVES.map((name) => [`training/${name}`, record[name]] as const),
    ...Object.entries(record.extra ?? {}).map(([name, value]) => [`training/${name}`, value] as const),
  ];
}
