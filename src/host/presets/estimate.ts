/** Estimated duration of a preset: its time on the reference machine, scaled by the speed of this machine. */
import { l10n } from 'vscode';
import { roughDuration } from '../../shared/rough-duration';
import type { MachineSpeed } from './machine-speed';
import type { Preset } from './presets';
// Written by `npm run presets`.
import referenceTimes from './reference-times.json';

interface ReferenceTime {
  readonly seconds: number;
  /** Seconds per step of the measured experiment of the same kind, on the same machine, just before. */
  readonly secondsPerStep: number;
}

export function estimatedSeconds(preset: Preset, speed: MachineSpeed | undefined): number | undefined {
  const times: Readonly<Record<string, ReferenceTime>> = referenceTimes;
  const reference = times[preset.timedAs ?? preset.name];
  if (reference === undefined || speed === undefined) return reference?.seconds;
  const secondsPerStep = speed[preset.imageSize === undefined ? 'toy' : 'images'];
  return (reference.seconds * secondsPerStep) / reference.secondsPerStep;
}

export function aboutTime(seconds: number): string {
  const { value, unit } = roughDuration(seconds);
  switch (unit) {
    case 'seconds':
      return l10n.t('about {0} s', value);
    case 'minutes':
      return l10n.t('about {0} min', value);
    case 'hours':
      return l10n.t('about {0} h', value);
  }
}
