/** Names the states of runs and of trials. */
import type { RunStatus } from '../shared/run-format';
import type { ShownStatus } from '../sweep/summary';
import { t } from './texts';

export function statusText(status: RunStatus | ShownStatus): string {
  switch (status) {
    case 'completed':
      return t('completed');
    case 'failed':
      return t('failed');
    case 'interrupted':
      return t('interrupted');
    case 'paused':
      return t('paused');
    case 'pruned':
      return t('pruned');
    case 'created':
      return t('created');
    case 'running':
      return t('running');
    case 'stopped':
      return t('stopped');
    case 'waiting':
      return t('waiting');
  }
}
