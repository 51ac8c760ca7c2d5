/** Runs a command of `gan` under a notification with progress, which can cancel it. */
import { ProgressLocation, Uri, window } from 'vscode';
import type { CountLine } from '../../shared/cli-protocol';
import type { Host } from '../host';
import { countText } from '../quantities';

export interface GanHost extends Pick<Host, 'extensionUri' | 'closing'> {
  readonly log: Pick<Host['log'], 'info'>;
}

export interface GanWork {
  /** What is being done, in the notification. */
  readonly title: string;
  readonly args: readonly string[];
  /** Called with lines of output other than those that count. */
  onLine?(line: object): void;
}

/** Returns whether it was done; otherwise the user cancelled. Throws the command's error. */
export async function ganWithProgress(host: GanHost, { title, args, onLine }: GanWork): Promise<boolean> {
  const { runGan } = await import('./gan-process');
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancelling = new AbortController();
      token.onCancellationRequested(() => cancelling.abort());
      let reached = 0;
      return await runGan({
        command: Uri.joinPath(host.extensionUri, 'dist', 'gan.cjs').fsPath,
        args,
        signal: AbortSignal.any([cancelling.signal, host.closing]),
        onLine(line, text) {
          if (line === undefined) host.log.info(text);
          else if (isCount(line)) {
            const percent = (100 * line.done) / Math.max(1, line.total);
            progress.report({
              message: `${countText(line.done)}/${countText(line.total)}`,
              increment: Math.max(0, percent - reached),
            });
            reached = Math.max(reached, percent);
          } else onLine?.(line);
        },
      });
    },
  );
}

function isCount(line: object): line is CountLine {
  return 'type' in line && line.type === 'count';
}
