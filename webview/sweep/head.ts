/** The head of the page: how the sweep goes, and where its trials are compared. */

import { durationInWords } from '../../src/shared/duration-text';
import type { ComparedAt, ShownTrialStatus, SweepView } from '../../src/shared/sweep-protocol';
import { element, icon, iconButton } from '../shared/dom';
import { formatCount } from '../shared/format';
import { localized, t } from '../shared/texts';
import { comparedSteps } from './model';
import { levelText, objectiveTitle, statusText } from './texts-of-trial';

const COUNTED: readonly ShownTrialStatus[] = [
  'completed',
  'pruned',
  'failed',
  'damaged',
  'running',
  'stopped',
  'interrupted',
  'waiting',
];

interface HeadActions {
  onCompareAt(at: ComparedAt): void;
  onStop(): void;
  onResume(): void;
}

export class SweepHead {
  readonly root: HTMLElement;
  readonly #title = element('h1');
  readonly #status = element('span', { class: 'status', role: 'status' });
  readonly #select = element('select', { class: 'level', 'aria-label': t('Compare trials') });
  readonly #progress = element('progress', { max: '1', 'aria-label': t('Ended trials') });
  readonly #facts = element('div', { class: 'facts' });
  readonly #notices = element('div');

  readonly #stop: HTMLElement;
  readonly #resume: HTMLElement;

  constructor({ onCompareAt, onStop, onResume }: HeadActions) {
    this.#stop = iconButton('debug-stop', t('Stop Sweep'), onStop);
    this.#resume = iconButton('debug-continue', t('Resume Sweep'), onResume);
    this.#select.addEventListener('change', () => {
      const { value } = this.#select;
      onCompareAt(value === 'end' ? 'end' : Number(value));
    });
    this.root = element(
      'header',
      {},
      element(
        'div',
        { class: 'head' },
        this.#title,
        this.#status,
        this.#stop,
        this.#resume,
        element(
          'label',
          { class: 'level-choice' },
          element('span', { class: 'note' }, t('Compare trials')),
          this.#select,
        ),
      ),
      this.#progress,
      this.#facts,
      this.#notices,
    );
  }

  /** @param queued what waits in Slurm's queue */
  show(sweep: SweepView, at: ComparedAt, queued: string | undefined): void {
    this.#title.textContent = sweep.name;
    this.#status.className = `status ${sweep.activity === 'running' ? 'running' : sweep.activity === 'done' ? 'completed' : 'paused'}`;
    const isSubmitted = sweep.activity === 'idle' && queued !== undefined;
    this.#status.replaceChildren(
      icon(isSubmitted ? 'watch' : activityIcon(sweep)),
      isSubmitted ? queued : activityText(sweep),
    );
    this.#stop.hidden = sweep.activity !== 'running' && !isSubmitted;
    this.#resume.hidden = isSubmitted || (sweep.activity !== 'stopped' && sweep.activity !== 'idle');
    const counts = COUNTED.map((status) => ({
      status,
      count: sweep.trials.filter((trial) => trial.status === status).length,
    })).filter(({ count }) => count > 0);
    const ended = sweep.trials.filter(({ status }) =>
      ['completed', 'pruned', 'failed'].includes(status),
    ).length;
    this.#progress.value = ended / sweep.trials.length;
    this.#facts.replaceChildren(
      ...[
        t('{0} of {1} trials', formatCount(ended), formatCount(sweep.trials.length)),
        counts.map(({ status, count }) => `${statusText(status)} ${formatCount(count)}`).join(' · '),
        t('{0} steps', formatCount(sweep.steps)),
        t('{0} of training', localized(durationInWords(sweep.seconds))),
        `${objectiveTitle(sweep)} ${sweep.objective.counts === 'best' ? t('(best of a run)') : t('(last of a run)')}`,
        ...(sweep.seeds > 1 ? [t('{0} seeds', sweep.seeds)] : []),
        sweep.experiment,
      ].map((fact) => element('span', {}, fact)),
    );
    this.#showLevels(sweep, at);
    this.#showNotices(sweep, isSubmitted);
  }

  #showLevels(sweep: SweepView, at: ComparedAt): void {
    const completed = sweep.trials.filter(({ status }) => status === 'completed').length;
    const levels: { readonly at: ComparedAt; readonly trials: number }[] = [
      { at: 'end', trials: completed },
      ...comparedSteps(sweep.trials).map(({ step, trials }) => ({ at: step, trials })),
    ];
    const options = levels.map((level) =>
      element(
        'option',
        { value: String(level.at), selected: level.at === at },
        `${levelText(level.at)} (${formatCount(level.trials)})`,
      ),
    );
    // An open list would close.
    if (
      options.map(({ text }) => text).join('\n') !==
      [...this.#select.options].map(({ text }) => text).join('\n')
    )
      this.#select.replaceChildren(...options);
    this.#select.value = String(at);
  }

  #showNotices({ trials, activity, folder }: SweepView, isSubmitted: boolean): void {
    const others = trials.filter(({ isIncomparable }) => isIncomparable === true).length;
    const notices: string[] = [];
    if (!isSubmitted && (activity === 'idle' || activity === 'stopped'))
      notices.push(t('To go on with the trials that are left: {0}', `gan sweep resume ${folder}`));
    if (others > 0)
      notices.push(
        t('{0} trials were scored under another protocol and are not compared.', formatCount(others)),
      );
    this.#notices.replaceChildren(
      ...notices.map((text) => element('p', { class: 'note sweep-notice' }, text)),
    );
  }
}

function activityText({ activity }: SweepView): string {
  switch (activity) {
    case 'running':
      return t('Training');
    case 'done':
      return t('Completed');
    case 'budget':
      return t('Budget spent');
    case 'stopped':
      return t('Stopped');
    case 'idle':
      return t('Not running');
  }
}

function activityIcon({ activity }: SweepView): string {
  switch (activity) {
    case 'running':
      return 'sync';
    case 'done':
      return 'pass-filled';
    case 'budget':
      return 'watch';
    case 'stopped':
      return 'debug-stop';
    case 'idle':
      return 'debug-disconnect';
  }
}
