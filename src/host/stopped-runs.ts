/**
 * Reports after a reload which runs it stopped or kept from starting: in a message and in the status bar, with actions
 * to continue them.
 */
import { basename } from 'node:path';
import { commands, l10n, MarkdownString, type StatusBarItem, ThemeColor, window } from 'vscode';
import { type CommandLink, linksMarkdown, trustOnly } from './command-links';
import type { Host } from './host';
import { offer } from './offer';
import { countText } from './quantities';
import { COMMANDS } from './registry';
import type { LastSession, StoppedRun } from './training/last-session';
import type { TrainingJob } from './training/training-job';

function stoppedText({ folder, step, status }: StoppedRun): string {
  const name = basename(folder);
  return status === 'stopped'
    ? l10n.t('{0} stopped at step {1}: the window was reloaded or closed.', name, countText(step))
    : l10n.t('{0} was interrupted, and can be resumed from step {1}.', name, countText(step));
}

/** Queued runs are only listed, since the runs before them have stopped; undefined if none were queued. */
function heldText(held: readonly TrainingJob[]): string | undefined {
  const [first] = held;
  if (first === undefined) return undefined;
  return held.length === 1
    ? l10n.t('{0} was waiting and is on hold.', first.title)
    : l10n.t('{0} waiting runs are on hold.', held.length);
}

/** Checks what the last session left behind, and reports it until the user has responded. */
export async function notifyOfStopped(host: Host, lastSession: LastSession): Promise<void> {
  const stopped = await lastSession.look(host.closing);
  const held = host.training.jobs.filter(({ state }) => state === 'held');
  const text = [...stopped.map(stoppedText), heldText(held)].filter((part) => part !== undefined).join(' ');
  if (text === '') return;
  const actions = actionsFor(host, stopped, held);
  const shown = window.showWarningMessage(text, ...Object.keys(actions));
  offer(shown, actions);
  await shown;
  lastSession.forget();
}

function actionsFor(
  { training }: Host,
  stopped: readonly StoppedRun[],
  held: readonly TrainingJob[],
): Readonly<Record<string, () => Promise<void>>> {
  const [first] = stopped;
  const goOn = async (): Promise<void> => {
    for (const { folder } of stopped) await commands.executeCommand(COMMANDS.resumeTraining, folder);
    training.releaseHeld();
  };
  if (first === undefined) return { [held.length === 1 ? l10n.t('Start') : l10n.t('Start All')]: goOn };
  if (stopped.length + held.length > 1) return { [l10n.t('Resume All')]: goOn };
  const openDashboard = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.openDashboard, first.folder);
  };
  return { [l10n.t('Resume')]: goOn, [l10n.t('Open Dashboard')]: openDashboard };
}

function linksOf({ folder }: StoppedRun): readonly CommandLink[] {
  return [
    { title: l10n.t('Resume'), command: COMMANDS.resumeTraining, argument: folder },
    { title: l10n.t('Open Dashboard'), command: COMMANDS.openDashboard, argument: folder },
  ];
}

/** @param others links that will be appended */
export function stoppedTooltip(
  stopped: readonly StoppedRun[],
  others: readonly CommandLink[],
): MarkdownString {
  const tooltip = new MarkdownString();
  trustOnly(tooltip, [...stopped.flatMap(linksOf), ...others]);
  for (const run of stopped)
    tooltip.appendText(stoppedText(run)).appendMarkdown(`\n\n${linksMarkdown(linksOf(run))}\n\n`);
  return tooltip;
}

/** Shown in place of training while nothing trains; `first` is an element of `stopped`. */
export function showStopped(
  item: StatusBarItem,
  first: StoppedRun,
  stopped: readonly StoppedRun[],
  tooltip: MarkdownString,
): void {
  const text =
    stopped.length === 1
      ? l10n.t('stopped at step {0}', countText(first.step))
      : l10n.t('{0} runs stopped', stopped.length);
  item.text = `$(debug-stop) GAN: ${text}`;
  item.accessibilityInformation = { label: stopped.map(stoppedText).join(' ') };
  item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  item.tooltip = tooltip;
  item.command = {
    command: COMMANDS.openDashboard,
    title: l10n.t('Open Dashboard'),
    arguments: [first.folder],
  };
  item.show();
}
