/** What a text with places for its values looks like in files; apart from the texts, which do not need zod. */
import * as z from 'zod';
import type { LocalizableText } from './localizable-text';

export const saidSchema: z.ZodType<LocalizableText> = z.object({
  text: z.string(),
  get values() {
    return z.array(z.union([z.string(), z.number(), saidSchema]));
  },
});
