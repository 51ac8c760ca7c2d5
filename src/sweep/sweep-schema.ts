/** The format of sweep files, `*.gan-sweep.json`: types, defaults, validation and the JSON schema derive from here. */
import * as z from 'zod';
import { namedEntry } from '../config/tagged';
import { choice } from '../shared/choice';
import { SCORE_KINDS } from '../shared/scores';
import { slurmOptions } from '../slurm/options';
import { parameterSchema } from './parameter';
import { pruningRules } from './pruning/registry';
import { searchMethods } from './search/registry';

const scoreName = z.enum(SCORE_KINDS.map(({ name }) => name));

const objective = z
  .union([
    scoreName.transform((score) => ({ score, value: 'best' as const })),
    z.strictObject({
      score: scoreName.describe('Name of the score.'),
      value: choice(['best', 'last'], {
        best: 'The best score of the run.',
        last: 'The score at the last step.',
      })
        .default('best')
        .describe('Which of the scores of a run counts.'),
    }),
  ])
  .describe(
    'Score to optimise, in the direction in which it gets better. The experiment must compute it during training.',
  );

export const sweepSchema = z.strictObject({
  $schema: z.string().exactOptional().describe('Schema of this file, for editors.'),
  experiment: z.string().min(1).describe('Path of the experiment to vary, relative to this file.'),
  parameters: z
    .record(z.string(), parameterSchema)
    .describe('Keys of the experiment to vary, such as "optimiser.beta1", each with its values.'),
  set: z
    .record(z.string(), z.json())
    .default({})
    .describe('Keys of the experiment that all trials change, such as "length.steps".'),
  seeds: z
    .int()
    .min(1)
    .max(100)
    .default(2)
    .describe(
      'Runs with different seeds in each trial, whose mean counts: one run proves little. Only the first can be pruned; the others follow if it is not.',
    ),
  search: namedEntry(searchMethods, {}).prefault('random').describe('How the values of a trial are chosen.'),
  trials: z
    .int()
    .min(1)
    .max(100_000)
    .exactOptional()
    .describe('Number of trials. Default: 16, or every combination of a grid.'),
  objective,
  pruning: namedEntry(pruningRules, {})
    .prefault('asha')
    .describe('Which trials end early, by their scores during training.'),
  pruneOnFinding: z
    .boolean()
    .default(false)
    .describe('Also ends a trial when the diagnostics report an error.'),
  parallel: z.int().min(1).max(1024).default(1).describe('Number of trials trained at once on this machine.'),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('Seed of the search.'),
  budget: z
    .strictObject({
      steps: z
        .int()
        .min(1)
        .exactOptional()
        .describe('No trial starts once all runs together have trained this many steps.'),
      hours: z
        .number()
        .positive()
        .exactOptional()
        .describe('No trial starts once all runs together have trained this long.'),
    })
    .prefault({})
    .describe('Limits of the whole sweep.'),
  slurm: slurmOptions.exactOptional(),
});

export type SweepConfig = Omit<z.output<typeof sweepSchema>, '$schema'>;

export const DEFAULT_TRIALS = 16;
