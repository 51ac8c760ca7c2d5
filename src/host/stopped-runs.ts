/** What is said after a reload of the runs that it has stopped: in a message and in the status bar, with ways to go on. */
import { basename } from 'node:path';
import { commands, l10n, MarkdownString, type StatusBarItem, ThemeColor, window } from 'vscode';
import { COMMANDS } from '../shared/contributions';
import type { Host } from './host';
import { offer } from './offer';
import { countText } from './quantities';
import type { LastSession, StoppedRun } from './training/last-session';

function stoppedText({ folder, step, status }: StoppedRun): string {
  const name = basename(folder);
  return status === 'stopped'
    ? l10n.t('{0} stopped at step {1}: the window was reloaded or closed.', name, countText(step))
    : l10n.t('{0} was interrupted, and can be resumed from step {1}.', name, countText(step));
}

/** Looks what the last session has left, and tells of it until the person has answered. */
export async function notifyOfStopped(host: Host, lastSession: LastSession): Promise<void> {
  const stopped = await lastSession.look(host.closing);
  const [first] = stopped;
  if (first === undefined) return;
  const resume = async (): Promise<void> => {
    for (const { folder } of stopped) await commands.executeCommand(COMMANDS.resumeTraining, folder);
  };
  const openDashboard = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.openDashboard, first.folder);
  };
  const actions =
    stopped.length === 1
      ? { [l10n.t('Resume')]: resume, [l10n.t('Open Dashboard')]: openDashboard }
      : { [l10n.t('Resume All')]: resume };
  const shown = window.showWarningMessage(stopped.map(stoppedText).join(' '), ...Object.keys(actions));
  offer(shown, actions);
  await shown;
  lastSession.forget();
}

function tooltipOf(stopped: readonly StoppedRun[]): MarkdownString {
  const tooltip = new MarkdownString();
  const links = [
    [l10n.t('Resume'), COMMANDS.resumeTraining],
    [l10n.t('Open Dashboard'), COMMANDS.openDashboard],
  ] as const;
  tooltip.isTrusted = { enabledCommands: links.map(([, command]) => command) };
  for (const run of stopped) {
    const argument = encodeURIComponent(JSON.stringify([run.folder]));
    const shown = links.map(([title, command]) => `[${title}](command:${command}?${argument})`);
    tooltip.appendText(stoppedText(run)).appendMarkdown(`\n\n${shown.join(' · ')}\n\n`);
  }
  return tooltip;
}

/** In the place of what is trained, where nothing is; `first` is one of them. */
export function showStopped(item: StatusBarItem, first: StoppedRun, stopped: readonly StoppedRun[]): void {
  const text =
    stopped.length === 1
      ? l10n.t('stopped at step {0}', countText(first.step))
      : l10n.t('{0} runs stopped', stopped.length);
  item.text = `$(debug-stop) GAN: ${text}`;
  item.accessibilityInformation = { label: stopped.map(stoppedText).join(' ') };
  item.backgroundColor = new ThemeColor('statusBarItem.warningBackground');
  item.tooltip = tooltipOf(stopped);
  item.command = {
    command: COMMANDS.openDashboard,
    title: l10n.t('Open Dashboard'),
    arguments: [first.folder],
  };
  item.show();
}
