/** The messages that the page of a sweep may send, and what of its persisted state the host needs. */
import * as z from 'zod';
import type { FromSweepPage } from '../../shared/sweep-protocol';

const comparedAt = z.union([z.literal('end'), z.int().min(0)]);

export const sweepPageMessage: z.ZodType<FromSweepPage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), at: comparedAt }),
  z.object({ type: z.literal('openRun'), folder: z.string() }),
  z.object({ type: z.literal('startFrom'), trial: z.int().min(1) }),
  z.object({ type: z.literal('compareAt'), at: comparedAt }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('showSamples'), folders: z.array(z.string()) }),
]);

const state = z.object({ folder: z.string() });

/** The folder of the sweep; undefined if no state was stored, or another version stored it. */
export function keptFolder(kept: unknown): string | undefined {
  return state.safeParse(kept).data?.folder;
}
