/** The messages that the runs table may send, and the columns that the workspace persists for it. */
import * as z from 'zod';
import type { FromRunsTable, RunsTableColumns } from '../../shared/runs-table-protocol';

export const runsTableMessage: z.ZodType<FromRunsTable> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('openRun'), folder: z.string() }),
  z.object({ type: z.literal('compare'), folders: z.array(z.string()) }),
  z.object({
    type: z.literal('chooseColumns'),
    columns: z.array(z.object({ id: z.string(), title: z.string() })),
  }),
  z.object({ type: z.literal('orderColumns'), order: z.array(z.string()) }),
  z.object({ type: z.literal('joinSeeds'), joinsSeeds: z.boolean() }),
  z.object({
    type: z.literal('exportTable'),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  }),
]);

const texts = z.array(z.unknown()).transform((values) => values.filter((value) => typeof value === 'string'));
const columns = z.object({
  // Steps say nearly the same.
  hidden: texts.catch(['images']),
  config: texts.catch([]),
  order: texts.catch([]),
  joinsSeeds: z.boolean().catch(true),
});

/** Shows everything if nothing was stored, or if another version stored it. */
export function keptColumns(kept: unknown): RunsTableColumns {
  return columns.safeParse(kept).data ?? columns.parse({});
}
