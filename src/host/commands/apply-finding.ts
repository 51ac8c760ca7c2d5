/**
 * *Apply Finding…*: a new run that continues from a checkpoint with a change suggested by the diagnostics. It starts
 * from scratch if the checkpoint does not fit the changed config.
 */
import { basename } from 'node:path';
import { l10n, type QuickPickItem, window } from 'vscode';
import { changedKeys } from '../../shared/changed-keys';
import { overridesOf } from '../../shared/finding-change';
import { type FindingChange, type FindingRecord, RUN_FILES } from '../../shared/run-format';
import { changeTitle, findingMessage, findingTitle } from '../finding-texts';
import type { Host } from '../host';
import { countText } from '../quantities';
import { runFolderFor } from './run-target';

/** The argument with which the dashboard calls the command. */
export interface FindingTarget {
  readonly runFolder: string;
  readonly rule: string;
  readonly step: number;
  /** Index among the changes of the finding. */
  readonly change: number;
}

function isFindingTarget(target: unknown): target is FindingTarget {
  return typeof target === 'object' && target !== null && 'rule' in target && 'change' in target;
}

export async function applyFinding(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Apply Finding');
  const wanted = isFindingTarget(target) ? target : undefined;
  const runFolder = wanted?.runFolder ?? (await runFolderFor(host, target, title));
  if (runFolder === undefined) return;
  const findings = await findingsIn(runFolder);
  const finding =
    wanted === undefined
      ? await pickFinding(findings, runFolder, title)
      : findings.find(({ rule, step }) => rule === wanted.rule && step === wanted.step);
  if (finding === undefined) return;
  const change = finding.changes?.[wanted?.change ?? -1] ?? (await pickChange(runFolder, finding, title));
  if (change === undefined) return;
  const fromStep = await pickCheckpoint(runFolder, finding.step, changeTitle(change));
  if (fromStep !== undefined)
    host.training.add({ type: 'fork', runFolder, fromStep, changes: overridesOf(change) });
}

/** Returns the findings with suggested changes, newest first. */
async function findingsIn(runFolder: string): Promise<readonly FindingRecord[]> {
  const { pathInRun } = await import('../../run-folder/path-in-run');
  const { readMetrics } = await import('../../run-folder/metrics-reader');
  const findings: FindingRecord[] = [];
  for await (const { record } of readMetrics(await pathInRun(runFolder, RUN_FILES.metrics)))
    if (record.type === 'finding' && (record.changes ?? []).length > 0) findings.push(record);
  return findings.reverse();
}

async function pickFinding(
  findings: readonly FindingRecord[],
  runFolder: string,
  title: string,
): Promise<FindingRecord | undefined> {
  if (findings.length === 0) {
    void window.showInformationMessage(
      l10n.t('{0} has no findings with suggested changes.', basename(runFolder)),
    );
    return undefined;
  }
  const items = findings.map((finding) => ({
    label: l10n.t('Step {0}', countText(finding.step)),
    description: findingTitle(finding),
    detail: findingMessage(finding),
    finding,
  }));
  return (await pick(items, title, l10n.t('Choose a finding')))?.finding;
}

async function pickChange(
  runFolder: string,
  finding: FindingRecord,
  title: string,
): Promise<FindingChange | undefined> {
  const items = await changeItems(runFolder, finding);
  return (await pick(items, title, l10n.t('Choose a change')))?.change;
}

/** The suggested changes, with the value of each key before and after. */
export async function changeItems(runFolder: string, { changes = [] }: Pick<FindingRecord, 'changes'>) {
  const config = await configOf(runFolder);
  return changes.map((change) => ({
    label: changeTitle(change),
    detail: changedKeys(config, change)
      .map(({ key, before, after }) => `${key}: ${before} → ${after}`)
      .join(' · '),
    change,
  }));
}

/** Resolved config of the run; undefined if it is unreadable, which does not prevent a choice. */
async function configOf(runFolder: string): Promise<unknown> {
  const { readConfigJson } = await import('../../run-folder/interventions');
  try {
    return await readConfigJson(runFolder);
  } catch {
    return undefined;
  }
}

/** The last checkpoint before the finding comes first: training since then is what went wrong. */
export async function pickCheckpoint(
  runFolder: string,
  foundAt: number,
  title: string,
): Promise<number | undefined> {
  const { checkpointSteps } = await import('../../run-folder/checkpoints');
  const { readRunRecord } = await import('../../run-folder/run-record');
  const { totalSteps } = await readRunRecord(runFolder);
  const steps = (await checkpointSteps(runFolder)).filter((step) => step > 0 && step < totalSteps).reverse();
  // There is nothing to choose.
  if (steps.length === 0) return 0;
  const before = steps.filter((step) => step <= foundAt);
  const items = [
    ...[...before, ...steps.filter((step) => step > foundAt)].map((step) => ({
      label: l10n.t('Step {0}', countText(step)),
      description: step <= foundAt ? '' : l10n.t('after the finding'),
      step,
    })),
    { label: l10n.t('From the beginning'), description: '', step: 0 },
  ];
  return (await pick(items, title, l10n.t('Choose where the new run starts')))?.step;
}

async function pick<Item extends QuickPickItem>(
  items: readonly Item[],
  title: string,
  placeHolder: string,
): Promise<Item | undefined> {
  return await window.showQuickPick(items, { title, placeHolder });
}
