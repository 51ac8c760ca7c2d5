/** What the table says of a run: of its folder, of its records, and of its training in this window. */
import { basename } from 'node:path';
import type { RunRow } from '../../shared/runs-table-protocol';
import { reachedStep } from '../runs/reached-step';
import type { CataloguedRun } from '../runs/run-catalogue';
import type { ScoreLook } from '../runs/score-reader';

/** @param trainedStep the step that a training in this window has come to */
export function rowOf(
  { run, labels }: CataloguedRun,
  look: ScoreLook,
  trainedStep: number | undefined,
): RunRow {
  const { folder } = run;
  const common = {
    folder,
    name: labels.name ?? basename(folder),
    tags: labels.tags,
    scores: (look.scores ?? []).map(({ kind, value, step, protocol }) => ({
      ...kind,
      value,
      step,
      protocol,
    })),
  };
  if (!('record' in run))
    return {
      ...common,
      experiment: basename(folder).replace(/^\d+-/, ''),
      status: 'damaged',
      step: 0,
      totalSteps: 0,
    };
  const { experiment, totalSteps, createdAt } = run.record;
  return {
    ...common,
    experiment,
    status: run.status,
    step: reachedStep(run, look, trainedStep),
    totalSteps,
    createdAt,
  };
}
