/** What a resumed run does otherwise because its length has changed, on which schedules depend. */
import type { ExperimentConfig } from '../config/schema';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import { scheduledScalars } from './scheduled-scalars';

/** @param totalSteps the length of the run so far, which the config may change */
export function scheduleNotices(config: ExperimentConfig, totalSteps: number): readonly LocalizableText[] {
  const { schedule, length } = config;
  if (length.steps === totalSteps) return [];
  const notices: LocalizableText[] = [];
  if (schedule.name !== 'constant')
    notices.push(
      localizable(
        'The "{0}" schedule now ends at step {1} instead of {2}, so the learning rates differ from here on.',
        schedule.name,
        length.steps,
        totalSteps,
      ),
    );
  const ramps = Object.keys(scheduledScalars(config));
  if (ramps.length > 0)
    notices.push(
      localizable(
        'Ramps now follow a run of {0} steps instead of {1}, so these values differ from here on: {2}.',
        length.steps,
        totalSteps,
        ramps.join(', '),
      ),
    );
  return notices;
}
