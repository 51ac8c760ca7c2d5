/** What the user's settings say a batch job asks for, as options of `gan`; what they leave open is up to the cluster. */
import { workspace } from 'vscode';
import { SETTINGS } from '../../shared/contributions';

const RESOURCES = {
  partition: SETTINGS.slurmPartition,
  time: SETTINGS.slurmTime,
  cpus: SETTINGS.slurmCpus,
  gpus: SETTINGS.slurmGpus,
  memory: SETTINGS.slurmMemory,
  setup: SETTINGS.slurmSetup,
  options: SETTINGS.slurmOptions,
} as const;

/** `--slurm-set partition=gpu --slurm-set cpus=8` */
export function resourceOptions(): string[] {
  const settings = workspace.getConfiguration();
  return Object.entries(RESOURCES).flatMap(([key, setting]) => {
    const value = settings.get<unknown>(setting);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    // An empty text and 0 stand for what is not chosen.
    return values.filter(Boolean).flatMap((one) => ['--slurm-set', `${key}=${one}`]);
  });
}
