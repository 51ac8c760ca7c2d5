/** A run as an item of a pick list: its name and memorable details. Its location is left to the tree. */
import { basename } from 'node:path';
import { l10n, type QuickPickItem } from 'vscode';
import { reachedStep } from '../../runs/reached-step';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { type ShownState, shownState, stateIcon, stateName } from '../experiments/run-state';
import type { RunServices } from '../host';
import { agoText, countText } from '../quantities';
import { bestScoreText } from '../score-texts';

export interface RunItem extends QuickPickItem {
  readonly folder: string;
  readonly catalogued: CataloguedRun;
  readonly state: ShownState;
}

/** Sources of a run's details other than its folder. */
interface Sources {
  readonly training: Pick<RunServices['training'], 'jobOfRun'>;
  readonly runs: Pick<RunServices['runs'], 'scoreLook'>;
}

/** @param nowMs the time to which ages are relative */
export function runItem({ training, runs }: Sources, catalogued: CataloguedRun, nowMs: number): RunItem {
  const { run, labels } = catalogued;
  const { folder } = run;
  const job = training.jobOfRun(folder);
  const state = shownState(catalogued, job);
  const item = {
    label: labels.name ?? basename(folder),
    iconPath: stateIcon(state),
    folder,
    catalogued,
    state,
  };
  if (!('record' in run)) return { ...item, description: stateName(state), detail: run.problem };
  const { record } = run;
  const look = runs.scoreLook(folder);
  const steps = [reachedStep(run, look, job?.progress?.step), record.totalSteps].map(countText);
  const facts = [
    record.experiment,
    l10n.t('step {0} of {1}', ...steps),
    ...(look.best === undefined ? [] : [bestScoreText(look.best)]),
    ...labels.tags.map((tag) => `#${tag}`),
  ];
  return {
    ...item,
    description: `${stateName(state)} · ${agoText(record.createdAt, nowMs)}`,
    detail: facts.join(' · '),
  };
}

/** Items for every run, newest first, after the runs and their scores have been refreshed. */
export async function runItems(host: RunServices): Promise<readonly RunItem[]> {
  await host.runs.rediscover();
  await host.runs.scored();
  const nowMs = Date.now();
  return host.runs.runs.map((catalogued) => runItem(host, catalogued, nowMs));
}
