/** Estimated duration of a preset: its time on the reference machine, scaled by the speed of this machine. */
import { l10n } from 'vscode';
import { roughDuration } from '../../shared/rough-duration';
import type { Preset } from './presets';
// Written by `npm run presets`.
import referenceSeconds from './reference-seconds.json';

/**
 * Seconds per step on this machine for the toy and an image experiment, both also measured on the reference machine.
 */
export interface MachineSpeed {
  readonly toy: number;
  readonly images: number;
}

/**
 * The experiments to measure. Small networks are bound by runtime overhead, larger ones by arithmetic on every core.
 */
export const MEASURED: Readonly<Record<keyof MachineSpeed, string>> = {
  toy: 'toy-ring',
  images: 'digits-dcgan',
};

/**
 * Speed of the reference machine, two cores of an AMD EPYC with direct convolutions. The Intel Xeon of the newer times is
 * as fast to 3% with today's, so that times of both can be scaled alike (docs/measurements.md).
 */
const REFERENCE_SPEED: MachineSpeed = { toy: 0.0059, images: 0.0652 };

export function estimatedSeconds(preset: Preset, speed: MachineSpeed | undefined): number | undefined {
  const measured: Readonly<Record<string, number>> = referenceSeconds;
  const seconds = measured[preset.timedAs ?? preset.name];
  if (seconds === undefined || speed === undefined) return seconds;
  const kind = preset.imageSize === undefined ? 'toy' : 'images';
  return (seconds * speed[kind]) / REFERENCE_SPEED[kind];
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
