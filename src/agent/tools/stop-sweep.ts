import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { SweepFolder } from '../../sweep/sweep-folder';
import { asJson, defineTool } from '../tool';

export const stopSweep = defineTool({
  name: 'stop_sweep',
  title: 'Stop Sweep',
  description: 'Stops a sweep: its running trials save a checkpoint, and no other begins.',
  effect: 'stops',
  input: z.strictObject({
    sweep: z.string().min(1).describe('Folder of the sweep, as start_sweep returns it, or its name.'),
  }),
  confirmation: ({ sweep }) => localizable('Stop the sweep {0}? Its trials save checkpoints.', sweep),
  async run({ sweep: named }, { workspace }) {
    const sweep = await SweepFolder.open(await workspace.sweepFolder(named));
    await sweep.requestStop();
    return { value: asJson({ sweep: workspace.shown(sweep.path), requested: 'stop' }) };
  },
});
