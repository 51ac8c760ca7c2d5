/** What a batch job asks of a Slurm cluster. */
import * as z from 'zod';
import { localizable } from '../shared/localizable-text';
import { SlurmError } from './slurm';

export const slurmOptions = z
  .strictObject({
    partition: z.string().min(1).exactOptional().describe('Partition. Default: that of the cluster.'),
    time: z
      .string()
      .regex(/^(?:\d+-)?\d+(?::\d+){0,2}$/)
      .exactOptional()
      .describe(
        'Time limit of each task, such as "2:00:00". A task that reaches it saves a checkpoint and stops.',
      ),
    cpus: z.int().min(1).max(1024).default(4).describe('Processors, and threads, of each task.'),
    gpus: z.int().min(1).max(64).exactOptional().describe('Graphics cards of each task.'),
    memory: z
      .string()
      .regex(/^\d+[KMGT]?$/)
      .exactOptional()
      .describe('Memory of each task, such as "16G".'),
    arraySize: z
      .int()
      .min(1)
      .max(100_000)
      .exactOptional()
      .describe(
        'Number of tasks, each of which trains one trial after the other. Default: one for each trial, at most 64.',
      ),
    concurrent: z.int().min(1).max(100_000).exactOptional().describe('Number of tasks that may run at once.'),
    setup: z
      .array(z.string())
      .default([])
      .describe('Shell commands to run before training, such as "module load nodejs".'),
    options: z
      .array(z.string().startsWith('--'))
      .default([])
      .describe('Further options of sbatch, such as "--account=vision".'),
  })
  .describe('Resources of each task on a Slurm cluster, for `--slurm`.');

export type SlurmOptions = z.output<typeof slurmOptions>;

/** What a single task asks for, as far as it is given. */
const resources = slurmOptions.omit({ arraySize: true, concurrent: true }).extend({
  cpus: slurmOptions.shape.cpus.unwrap().exactOptional(),
  setup: slurmOptions.shape.setup.unwrap().exactOptional(),
  options: slurmOptions.shape.options.unwrap().exactOptional(),
});
export type Resources = z.output<typeof resources>;

const EXAMPLES =
  'partition, time=2:00:00, cpus=8, gpus=1, memory=16G, setup="module load …", options=--account=…';

/**
 * Parses resources given as `key=value`; values of `setup` and `options` add up. Throws `SlurmError`.
 */
export function resourcesFrom(given: readonly string[]): Resources {
  const found: Record<string, unknown> = {};
  for (const text of given) {
    const [, key = '', value = ''] = /^(\w+)=(.+)$/s.exec(text) ?? [];
    found[key] = parsedValue(key, value, found[key]);
    if (!resources.safeParse(found).success)
      throw new SlurmError(
        localizable('{0} is not a resource of a job.', text),
        localizable('Pass one of these: {0}.', EXAMPLES),
      );
  }
  return resources.parse(found);
}

function parsedValue(key: string, value: string, before: unknown): unknown {
  if (key === 'cpus' || key === 'gpus') return Number(value);
  if (key !== 'setup' && key !== 'options') return value;
  return [...(Array.isArray(before) ? before : []), value];
}
