/** Builds a run's table row from its folder, records, config, and training in this window. */
import { basename } from 'node:path';
import type { FindingRecord } from '../../shared/run-format';
import type { RunRow } from '../../shared/runs-table-protocol';
import type { SeedIdentity } from '../../shared/seed-groups';
import { reachedStep } from '../reached-step';
import type { CataloguedRun } from '../run-catalogue';
import type { ScoreLook, SeenExamples } from '../score-reader';
import type { RunConfig } from './run-configs';

const SEVERITIES = ['error', 'warning', 'info'] as const;

function findingsOf(findings: readonly FindingRecord[]): Pick<RunRow, 'findings'> {
  const severity = SEVERITIES.find((one) => findings.some((finding) => finding.severity === one));
  return severity === undefined ? {} : { findings: { count: findings.length, severity } };
}

interface Known {
  readonly look: ScoreLook;
  readonly config: RunConfig;
  readonly identity: SeedIdentity | undefined;
  /** Settings shown as columns. */
  readonly settings: readonly string[];
  /** The current step of training in this window. */
  readonly trainedStep: number | undefined;
}

/** Every step takes as many examples; records of an ended run may go past its checkpoint. */
function imagesAt(reached: number, seen: SeenExamples | undefined): Pick<RunRow, 'images'> {
  if (reached === 0 || seen === undefined || seen.step === 0) return {};
  return { images: Math.round((seen.images / seen.step) * reached) };
}

export function rowOf({ run, labels }: CataloguedRun, known: Known): RunRow {
  const { look, config, identity, settings, trainedStep } = known;
  const { folder } = run;
  const values = settings.flatMap((key) => {
    const value = config.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const dataSource = config.get('data.source');
  const common = {
    folder,
    ...(dataSource === undefined ? {} : { dataSource }),
    name: labels.name ?? basename(folder),
    tags: labels.tags,
    scores: (look.scores ?? []).map(({ kind, value, step, protocol }) => ({
      ...kind,
      value,
      step,
      protocol,
    })),
    ...findingsOf(look.findings ?? []),
    ...(identity === undefined ? {} : { identity }),
    config: Object.fromEntries(values),
  };
  if (!('record' in run))
    return {
      ...common,
      experiment: basename(folder).replace(/^\d+-/, ''),
      status: 'damaged',
      step: 0,
      totalSteps: 0,
    };
  const { experiment, totalSteps, createdAt, trainingSeconds } = run.record;
  const step = reachedStep(run, look, trainedStep);
  return {
    ...common,
    experiment,
    status: run.status,
    step,
    ...imagesAt(step, look.seen),
    totalSteps,
    createdAt,
    trainingSeconds,
  };
}
