/**
 * *Evaluate Run…*: scores a checkpoint as `gan evaluate` does; tree and dashboard read the scores from the run folder.
 */
import { basename } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window } from 'vscode';
import type { EvaluationEstimate } from '../../shared/evaluation-progress';
import type { ScoreRecord } from '../../shared/run-format';
import { SCORE_KINDS } from '../../shared/scores';
import { phaseTitle } from '../evaluation-texts';
import { CheckpointNode } from '../experiments/nodes';
import type { Host } from '../host';
import { countText } from '../quantities';
import { COMMANDS } from '../registry';
import { runFolderFor } from './run-target';

/** More are hardly ever needed, and the last of these already takes a while. */
const SAMPLE_COUNTS = [2000, 1000, 10_000, 50_000] as const;
/** Number of scores in the notification; the dashboard shows all. */
const TOLD_SCORES = 4;

function about({ seconds }: EvaluationEstimate): string {
  return seconds < 90
    ? l10n.t('about {0} s in total', Math.max(1, Math.round(seconds)))
    : l10n.t('about {0} min in total', Math.round(seconds / 60));
}

function scoresText(scores: readonly ScoreRecord[]): string {
  const shown = SCORE_KINDS.flatMap(({ name, title }) => {
    const score = scores.find((one) => one.name === name);
    return score === undefined ? [] : `${title} ${Number(score.value.toPrecision(4))}`;
  });
  return shown.slice(0, TOLD_SCORES).join(', ');
}

async function askSamples(title: string): Promise<number | undefined> {
  const items = SAMPLE_COUNTS.map((count) => ({ label: l10n.t('{0} samples', countText(count)), count }));
  const placeHolder = l10n.t(
    'Number of samples. More are more accurate and take longer; only scores of equal numbers can be compared.',
  );
  return (await window.showQuickPick(items, { title, placeHolder }))?.count;
}

export async function evaluateRun(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Evaluate Run');
  const runFolder = await runFolderFor(host, target, title);
  if (runFolder === undefined) return;
  const samples = await askSamples(title);
  if (samples === undefined) return;
  const { evaluateInProcess, shareDone } = await import('./evaluation-process');
  const name = basename(runFolder);
  const scores = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Evaluating {0}', name), cancellable: true },
    async (progress, token) => {
      const cancelling = new AbortController();
      token.onCancellationRequested(() => cancelling.abort());
      let estimate: EvaluationEstimate | undefined;
      let reached = 0;
      return await evaluateInProcess({
        command: Uri.joinPath(host.extensionUri, 'dist', 'gan.cjs').fsPath,
        runFolder,
        ...(target instanceof CheckpointNode ? { step: target.checkpoint.step } : {}),
        samples,
        signal: AbortSignal.any([cancelling.signal, host.closing]),
        onOutput: (line) => host.log.info(line),
        onEstimate(found) {
          estimate = found;
        },
        onProgress(told) {
          const percent = estimate === undefined ? 0 : 100 * shareDone(estimate, told);
          const all = estimate === undefined ? '' : ` · ${about(estimate)}`;
          progress.report({
            message: `${phaseTitle(told.phase)}: ${countText(told.done)}/${countText(told.total)}${all}`,
            increment: Math.max(0, percent - reached),
          });
          reached = Math.max(reached, percent);
        },
      });
    },
  );
  if (scores === undefined) return;
  await host.runs.reread();
  const open = l10n.t('Open Dashboard');
  const step = scores[0]?.step ?? 0;
  const told = l10n.t('{0}, step {1}: {2}', name, countText(step), scoresText(scores));
  void window.showInformationMessage(told, open).then(async (answer) => {
    if (answer === open) await commands.executeCommand(COMMANDS.openDashboard, runFolder);
  });
}
