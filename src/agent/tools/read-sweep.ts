import { join } from 'node:path';
import * as z from 'zod';
import { summaryOf } from '../../sweep/summary';
import { SweepFolder } from '../../sweep/sweep-folder';
import { asJson, defineTool, pageInput, pageOf, short } from '../tool';

export const readSweep = defineTool({
  name: 'read_sweep',
  title: 'Read Sweep',
  description: 'Reads a sweep: its trials, best first, each with its values, status and mean score.',
  effect: 'reads',
  input: z.strictObject({
    sweep: z.string().min(1).describe('Folder of the sweep, as start_sweep returns it, or its name.'),
    ...pageInput,
  }),
  async run({ sweep: named, ...page }, { workspace }) {
    const sweep = await SweepFolder.open(await workspace.sweepFolder(named));
    const { trials, counts, steps, seconds } = await summaryOf(sweep);
    const { items, ...rest } = pageOf(trials, page);
    return {
      value: asJson({
        sweep: workspace.shown(sweep.path),
        objective: sweep.plan.sweep.objective.score,
        counts,
        steps,
        trainingSeconds: Math.round(seconds),
        ...rest,
        trials: items.map(({ trial, status, decided, state }) => ({
          trial,
          status,
          values: decided?.values,
          value: state?.value === undefined ? undefined : short(state.value),
          reason: state?.reason,
          runs: state?.runs.map(({ run }) => workspace.shown(join(sweep.runsFolder, run))),
        })),
      }),
    };
  },
});
