/** The facts about a run that tools return, the same in all of them. */
import { basename } from 'node:path';
import { reachedStep } from '../runs/reached-step';
import type { CataloguedRun } from '../runs/run-catalogue';
import { type ScoreLook, ScoreReader } from '../runs/score-reader';
import type { FindingRecord } from '../shared/run-format';
import type { BestScore } from '../shared/scores';
import type { AgentWorkspace } from './agent-workspace';
import { short } from './tool';

/**
 * Reads all records, however many there are.
 *
 * @param reader one that has read before continues where it was
 */
export async function lookAt(runFolder: string, reader = new ScoreReader(runFolder)): Promise<ScoreLook> {
  for (;;) {
    const look = await reader.look();
    if (!reader.hasMore) return look;
  }
}

export function scoreFacts({ kind, value, step, protocol }: BestScore) {
  return { name: kind.name, value: short(value), better: kind.better, step, protocol };
}

export function findingFacts({ rule, title, severity, step, message, explanation, changes }: FindingRecord) {
  return {
    rule,
    title,
    severity,
    step,
    message,
    explanation,
    suggestions: changes?.map((change) => ({ title: change.title, changes: change.set })),
  };
}

export function runFacts({ run, labels }: CataloguedRun, look: ScoreLook, workspace: AgentWorkspace) {
  const path = workspace.shown(run.folder);
  if (!('record' in run)) return { run: path, status: 'damaged', problem: workspace.shorten(run.problem) };
  const { experiment, totalSteps, trainingSeconds, failure, ending, stoppedBy, sweep } = run.record;
  return {
    run: path,
    name: labels.name ?? basename(run.folder),
    experiment,
    status: run.status,
    step: reachedStep(run, look, undefined),
    totalSteps,
    trainingSeconds: Math.round(trainingSeconds),
    tags: labels.tags.length === 0 ? undefined : labels.tags,
    sweep,
    stoppedBy,
    endedEarly: ending?.reason,
    failure:
      failure === undefined
        ? undefined
        : { message: workspace.shorten(failure.message), remedy: failure.remedy, step: failure.step },
    best: look.best === undefined ? undefined : scoreFacts(look.best),
    findings: look.findings?.map(({ rule, severity }) => ({ rule, severity })),
  };
}
