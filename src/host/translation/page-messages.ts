/** The messages that the page of translated images may send, and the state that VS Code keeps for it. */
import * as z from 'zod';
import {
  type Dropped,
  type FromTranslationPage,
  MAX_DROPPED_BYTES,
  MAX_DROPPED_FILES,
  MAX_SHOWN_PAIRS,
  type Translation,
} from '../../shared/translation-protocol';

const count = z.int().min(0);

const dropped: z.ZodType<Dropped> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('files'),
    files: z
      .array(z.object({ name: z.string().min(1), bytes: z.instanceof(Uint8Array) }))
      .min(1)
      .max(MAX_DROPPED_FILES)
      .refine((files) => files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= MAX_DROPPED_BYTES),
  }),
  z.object({
    kind: z.literal('addresses'),
    uris: z.array(z.string().min(1)).min(1).max(MAX_DROPPED_FILES),
  }),
]);

/** Also part of the messages of the dashboard. */
export const dropMessage = z.object({ type: z.literal('drop'), dropped });

export const translationPageMessage: z.ZodType<FromTranslationPage> = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['ready', 'openFolder', 'openDashboard', 'applyToMore']) }),
  z.object({ type: z.literal('pair'), index: count }),
  dropMessage,
]);

const state: z.ZodType<Translation> = z.object({
  runFolder: z.string(),
  step: count,
  inputs: z.string(),
  outputs: z.string(),
  place: z.string(),
  pairs: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .min(1)
    .max(MAX_SHOWN_PAIRS),
  count,
  skipped: count,
});

/** Returns what a page showed that VS Code restores after a reload. */
export function translationInState(value: unknown): Translation | undefined {
  return state.safeParse(value).data;
}

/** Returns what was dropped, if a command was called with it. */
export function droppedIn(value: unknown): Dropped | undefined {
  return dropped.safeParse(value).data;
}
