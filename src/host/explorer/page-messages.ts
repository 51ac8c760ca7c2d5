/** The messages that a latent explorer page may send, and the state that VS Code persists for it. */
import * as z from 'zod';
import {
  type ExplorerPageState,
  type FromExplorerPage,
  type LatentEnd,
  type LatentPlace,
  MAX_CHOSEN,
  MAX_DIRECTIONS,
  PLACE_QUESTIONS,
} from '../../shared/explorer-protocol';
import { dropMessage } from '../translation/page-messages';

/** Of a message; the process compares the size with the generator's. */
const MAX_LATENT_SIZE = 2 ** 16;

const count = z.int().min(0);

const end: z.ZodType<LatentEnd> = z.union([
  count,
  z.object({ name: z.string(), values: z.array(z.number()).min(1).max(MAX_LATENT_SIZE) }),
]);

const place: z.ZodType<LatentPlace> = z.object({
  from: end,
  to: end,
  mix: z.number().min(0).max(1),
  offsets: z.array(z.number().min(-100).max(100)).max(MAX_DIRECTIONS),
  truncation: z.number().min(0.01).exactOptional(),
  styleTruncation: z.number().min(0).max(1).exactOptional(),
  label: count.exactOptional(),
});

export const explorerPageMessage: z.ZodType<FromExplorerPage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('again') }),
  z.object({ type: z.literal('openDashboard') }),
  z.object({ type: z.literal('trust') }),
  z.object({ type: z.enum(['chooseImage', 'cancelInversion']) }),
  z.object({ type: z.literal('compareFeatures'), isWanted: z.boolean() }),
  dropMessage,
  z.object({ type: z.enum(['load', 'export']), step: count }),
  z.object({ type: z.enum(PLACE_QUESTIONS), request: count, place }),
  z.object({
    type: z.enum(['chosen', 'picture', 'saveAnimation']),
    places: z.array(place).min(1).max(MAX_CHOSEN),
  }),
]);

const state: z.ZodType<Pick<ExplorerPageState, 'runFolder' | 'step'>> = z.object({
  runFolder: z.string(),
  step: count.exactOptional(),
});

/** Returns the run of a page that VS Code restores after a reload; the rest of the state is for the page. */
export function runInState(value: unknown): Pick<ExplorerPageState, 'runFolder' | 'step'> | undefined {
  return state.safeParse(value).data;
}
