/** The options of `gan train` and `gan sweep` for a cluster. */
import { type Resources, resourcesFrom } from '../../slurm/options';
import { repeated, UsageError } from '../command';

export const SLURM_SET = [
  '--slurm-set <key=value>',
  'what the job asks for: partition, time, cpus, gpus, memory, setup or options, e.g. time=2:00:00 (repeatable)',
  repeated,
] as const;

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
  throw new UsageError('--slurm-set needs --slurm.', 'Add --slurm, or leave out --slurm-set.');
}
