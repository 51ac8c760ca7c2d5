/** The messages that a dataset page may send, and the state that VS Code persists for it. */
import * as z from 'zod';
import { DATASET_PARTS, type FromDatasetPage } from '../../shared/dataset-protocol';

const index = z.int().min(0);

export const datasetPageMessage: z.ZodType<FromDatasetPage> = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['ready', 'again', 'cancel', 'trust', 'start', 'edit']) }),
  z.object({ type: z.literal('fetch'), name: z.string() }),
  z.object({ type: z.literal('images'), part: z.enum(DATASET_PARTS), start: index, count: index }),
]);

const state = z.object({ experimentFile: z.string() });

/** Returns the experiment of a page that VS Code restores after a reload. */
export function fileInState(value: unknown): string | undefined {
  return state.safeParse(value).data?.experimentFile;
}
