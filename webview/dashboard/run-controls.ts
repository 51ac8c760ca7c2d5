/** The buttons that control a run, for its status. The primary one is what helps most. */
import type { RunAction } from '../../src/shared/dashboard-protocol';
import type { ControlRequest, RunRecord, RunStatus } from '../../src/shared/run-format';
import { t } from '../shared/texts';

export type ControlTarget =
  | { readonly kind: 'control'; readonly request: ControlRequest }
  | { readonly kind: 'act'; readonly action: RunAction }
  | { readonly kind: 'openExperiment' };

export interface ControlLook {
  readonly target: ControlTarget;
  readonly icon: string;
  readonly label: string;
  readonly isPrimary: boolean;
}

const LIVE: readonly RunStatus[] = ['created', 'running', 'paused'];

/** @param hasChanges whether the findings of the run suggest changes */
export function controlsOf(
  status: RunStatus,
  { failure }: Pick<RunRecord, 'failure'>,
  hasChanges: boolean,
): readonly ControlLook[] {
  // Training is deterministic, so a run that ended with NaN or infinity does so again when resumed.
  const needsChange = status === 'failed' && failure?.tensor !== undefined;
  const looks: readonly (ControlLook & { readonly isShown: boolean })[] = [
    {
      target: { kind: 'openExperiment' },
      icon: 'go-to-file',
      label: t('Open Experiment'),
      isPrimary: true,
      isShown: needsChange,
    },
    {
      target: { kind: 'act', action: 'applyFinding' },
      icon: 'lightbulb',
      label: t('Apply Finding…'),
      isPrimary: false,
      isShown: needsChange && hasChanges,
    },
    {
      target: { kind: 'control', request: 'pause' },
      icon: 'debug-pause',
      label: t('Pause'),
      isPrimary: false,
      isShown: status === 'created' || status === 'running',
    },
    {
      target: { kind: 'control', request: 'continue' },
      icon: 'debug-continue',
      label: t('Resume'),
      isPrimary: !needsChange,
      isShown: ['paused', 'stopped', 'failed', 'interrupted'].includes(status),
    },
    {
      target: { kind: 'control', request: 'checkpoint' },
      icon: 'save',
      label: t('Save Checkpoint'),
      isPrimary: false,
      isShown: LIVE.includes(status),
    },
    {
      target: { kind: 'control', request: 'stop' },
      icon: 'debug-stop',
      label: t('Stop'),
      isPrimary: false,
      isShown: LIVE.includes(status),
    },
  ];
  return looks.filter(({ isShown }) => isShown).map(({ isShown: _, ...look }) => look);
}
