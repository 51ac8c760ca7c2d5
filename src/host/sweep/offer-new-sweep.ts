/** Offers the page of a sweep that a task has just started. */
import { setTimeout as sleep } from 'node:timers/promises';
import { l10n, type TaskExecution, tasks, window } from 'vscode';
import type { Host } from '../host';
import { offer } from '../offer';
import { sweepsOf } from './open-sweep';

const POLL_INTERVAL_MS = 500;

/**
 * Resolves when the sweep has a folder, or when the task has ended without one.
 *
 * @param start starts the task
 */
export async function offerNewSweep(
  host: Pick<Host, 'pages' | 'runs'>,
  sweepFile: string,
  start: () => Thenable<TaskExecution>,
): Promise<void> {
  const known = new Set((await sweepsOf(host)).map(({ folder }) => folder));
  const ended = new AbortController();
  const execution = await start();
  const subscription = tasks.onDidEndTask((end) => {
    if (end.execution === execution) ended.abort();
  });
  try {
    while (!ended.signal.aborted) {
      await sleep(POLL_INTERVAL_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      const made = (await sweepsOf(host)).find(
        (sweep) => sweep.sweepFile === sweepFile && !known.has(sweep.folder),
      );
      if (made === undefined) continue;
      offer(window.showInformationMessage(l10n.t('The sweep has started.'), l10n.t('Open Sweep')), {
        [l10n.t('Open Sweep')]: () => host.pages.sweep.show(made.folder),
      });
      return;
    }
  } finally {
    subscription.dispose();
  }
}
