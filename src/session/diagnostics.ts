/**
 * Opens the diagnostics of a run: facts about its losses from the config, real examples to compare with, its records.
 */
import { join } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import { changesTraining } from '../config/stored';
import type { Dataset } from '../data/source';
import { readFeatures } from '../diagnostics/example-features';
import type { RuleContext } from '../diagnostics/rule';
import { ruleContext } from '../diagnostics/rule-context';
import { RunDiagnostics } from '../diagnostics/run-diagnostics';
import {
  imageDiversity,
  MAX_MEASURED,
  MAX_NEIGHBOURS,
  neighbourReference,
  pointDiversity,
  type Reference,
} from '../diagnostics/sample-measures';
import { readMetrics } from '../run-folder/metrics-reader';
import type { RunWriter } from '../run-folder/run-writer';
import { RUN_FILES } from '../shared/run-format';

/** Returns a watch without any records yet. Throws `DataError` if examples cannot be read. */
export async function newDiagnostics(config: ExperimentConfig, data: Dataset): Promise<RunDiagnostics> {
  const diversityOf = data.train.shape.kind === 'points' ? 'points' : 'images';
  return new RunDiagnostics({
    context: ruleContext(config, diversityOf),
    shape: data.train.shape,
    reference: await openReference(data, diversityOf, config.logging.sampleCount),
  });
}

/**
 * Replays the existing records; those of a parent with a different config do not apply to this run. Throws `DataError`
 * if examples cannot be read, `StorageError`.
 */
export async function openDiagnostics(
  run: RunWriter,
  config: ExperimentConfig,
  data: Dataset,
): Promise<RunDiagnostics> {
  let watch = await newDiagnostics(config, data);
  const { parent } = run.record;
  const hasChanged = parent?.changes?.some(({ key }) => changesTraining(key)) === true;
  const fromStep = hasChanged ? parent.step + 1 : 0;
  for await (const { record } of readMetrics(join(run.folder, RUN_FILES.metrics))) {
    // From a change on, training is watched anew.
    if (record.type === 'event' && record.event === 'changed') watch = await newDiagnostics(config, data);
    else if (record.step >= fromStep) watch.replay(record);
  }
  return watch;
}

async function openReference(
  { train, heldOut }: Dataset,
  diversityOf: RuleContext['diversityOf'],
  sampleCount: number,
): Promise<Reference> {
  const most = Math.min(sampleCount, MAX_MEASURED[diversityOf]);
  if (diversityOf === 'points') {
    const count = Math.min(most, Math.floor(train.count / 2));
    const { features: both } = await readFeatures(train, 2 * count);
    const half = count * both.size;
    const real = { ...both, rows: both.rows.subarray(0, half), count };
    const control = { ...both, rows: both.rows.subarray(half), count };
    return { diversity: pointDiversity(real, control) };
  }
  const diversity = imageDiversity((await readFeatures(train, most)).features);
  const neighbours = neighbourReference(
    (await readFeatures(train, MAX_NEIGHBOURS)).features,
    (await readFeatures(heldOut, MAX_NEIGHBOURS)).features,
  );
  return { diversity, ...(neighbours === undefined ? {} : { neighbours }) };
}
