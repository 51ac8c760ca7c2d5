/** Progress and hardware of a run as short phrases. The outcome of a run that has ended is in its results. */
import type { RunNewsOf } from '../../src/shared/dashboard-protocol';
import { durationInWords } from '../../src/shared/duration-text';
import { PHASE_TITLES } from '../../src/shared/evaluation-progress';
import { isLive, type RunParent } from '../../src/shared/run-format';
import { formatCount, formatDuration } from '../shared/format';
import { t, translated } from '../shared/texts';

export type RunMessage = RunNewsOf<'run'>;

export function runFacts(message: RunMessage): readonly string[] {
  const { record, progress, status, scoring } = message;
  const { name, threads } = record.engine;
  return [
    t('Step {0} of {1}', formatCount(stepOf(message)), formatCount(record.totalSteps)),
    ...(isLive(status) ? paceOf(message) : []),
    ...(isLive(status) || progress === undefined
      ? [t('{0} of training', formatDuration(progress?.trainingSeconds ?? record.trainingSeconds))]
      : []),
    ...(scoring === undefined
      ? []
      : [
          `${translated(PHASE_TITLES[scoring.phase])} (${formatCount(scoring.done)}/${formatCount(scoring.total)})`,
        ]),
    threads === 1 ? t('{0}, 1 thread', name) : t('{0}, {1} threads', name, threads),
    ...(record.parent === undefined ? [] : [originOf(record.parent)]),
  ];
}

function originOf({ run, step, weights }: RunParent): string {
  return weights === undefined
    ? t('from step {0} of {1}', formatCount(step), run)
    : t('weights from step {0} of {1}', formatCount(step), run);
}

/** The average for a run that is not running, where the speed of the last step means nothing. */
function paceOf({ status, progress }: RunMessage): readonly string[] {
  if (progress === undefined) return [];
  const { imagesPerSecond, averageImagesPerSecond } = progress;
  return status === 'running'
    ? [t('{0} examples/s', formatCount(imagesPerSecond))]
    : [t('{0} examples/s on average', formatCount(averageImagesPerSecond))];
}

/** Steps completed: the newest record may be ahead of the run record or, after a resume, behind it. */
export function stepOf({ record, progress }: RunMessage): number {
  return Math.max(record.step, progress?.step ?? 0);
}

/** `42%`, followed by the remaining time while running. */
export function progressText(message: RunMessage): string {
  const { record, status, progress } = message;
  const percent = Math.floor((100 * stepOf(message)) / Math.max(1, record.totalSteps));
  const left = status === 'running' ? progress?.remainingSeconds : undefined;
  if (left === undefined) return t('{0}%', percent);
  const { text, values } = durationInWords(left);
  return t('{0}% · {1} left', percent, translated(text, values));
}
