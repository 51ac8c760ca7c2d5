/** The appearance of a run's status. */
import type { RunStatus } from '../../src/shared/run-format';
import { element, icon } from './dom';
import { t } from './texts';

interface StatusLook {
  readonly icon: string;
  readonly label: string;
}

function lookOf(status: RunStatus): StatusLook {
  switch (status) {
    case 'created':
      return { icon: 'loading', label: t('Starting') };
    case 'running':
      return { icon: 'sync', label: t('Training') };
    case 'paused':
      return { icon: 'debug-pause', label: t('Paused') };
    case 'stopped':
      return { icon: 'debug-stop', label: t('Stopped') };
    case 'completed':
      return { icon: 'pass-filled', label: t('Completed') };
    case 'failed':
      return { icon: 'error', label: t('Failed') };
    case 'interrupted':
      return { icon: 'debug-disconnect', label: t('Interrupted') };
  }
}

export function statusLabel(status: RunStatus): HTMLElement {
  const look = lookOf(status);
  return element('span', { class: `status ${status}` }, icon(look.icon), look.label);
}
