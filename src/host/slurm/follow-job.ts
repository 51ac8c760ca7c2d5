/** Shows why a batch job waits, until it begins; cancelling the notification cancels the job. */
import { setTimeout as sleep } from 'node:timers/promises';
import { l10n, ProgressLocation, window } from 'vscode';
import { cancelPending, queuedTasks } from '../../slurm/slurm';

const POLL_INTERVAL_MS = 5_000;

/**
 * Returns once a task has begun or the job has ended, was cancelled, or `closing` is aborted. Throws `SlurmError`.
 *
 * @param name of what is trained
 */
export async function followJob(job: number, name: string, closing: AbortSignal): Promise<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Slurm job {0}, {1}', job, name),
    cancellable: true,
  };
  await window.withProgress(options, async (progress, token) => {
    const cancelling = new AbortController();
    token.onCancellationRequested(() => cancelling.abort());
    const signal = AbortSignal.any([cancelling.signal, closing]);
    while (!signal.aborted) {
      const tasks = await queuedTasks(job);
      const [waiting] = tasks.filter(({ state }) => state === 'PENDING');
      if (waiting === undefined || tasks.some(({ state }) => state === 'RUNNING')) return;
      progress.report({ message: l10n.t('waiting: {0}', waiting.reason) });
      await sleep(POLL_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
    if (cancelling.signal.aborted) await cancelPending(job);
  });
}
