/** The options of `gan train` and `gan sweep` for a cluster. */

import { localizable } from '../../shared/localizable-text';
import { type Resources, resourcesFrom } from '../../slurm/options';
import { repeated, UsageError } from '../command';
import { t } from '../texts';

export function slurmSet() {
  return [
    '--slurm-set <key=value>',
    t(
      'what the job asks for: partition, time, cpus, gpus, memory, setup or options, e.g. time=2:00:00 (repeatable)',
    ),
    repeated,
  ] as const;
}

/** Returns undefined if training is not submitted. Throws `UsageError`, `SlurmError`. */
export function resourcesOf({
  slurm,
  slurmSet,
}: {
  readonly slurm?: boolean;
  readonly slurmSet?: readonly string[];
}): Resources | undefined {
  if (slurm === true) return resourcesFrom(slurmSet ?? []);
  if (slurmSet === undefined) return undefined;
  throw new UsageError(
    localizable('--slurm-set needs --slurm.'),
    localizable('Add --slurm, or leave out --slurm-set.'),
  );
}
