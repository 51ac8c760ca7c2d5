/** The schema of differences between configs, as `run.json` and the records of changes store them. */
import * as z from 'zod';
import type { ConfigDifference } from '../shared/run-format';

export const configDifferenceSchema: z.ZodType<ConfigDifference> = z.object({
  key: z.string(),
  before: z.json().exactOptional(),
  after: z.json().exactOptional(),
});
