/** The file format of a localizable text; separate from the texts themselves, which do not need zod. */
import * as z from 'zod';
import type { LocalizableText } from './localizable-text';

export const saidSchema: z.ZodType<LocalizableText> = z.object({
  text: z.string(),
  get values() {
    return z.array(z.union([z.string(), z.number(), saidSchema]));
  },
});
