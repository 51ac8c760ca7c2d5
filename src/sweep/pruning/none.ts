import * as z from 'zod';
import { definePruning } from './pruning';

export const none = definePruning({
  name: 'none',
  title: 'No pruning',
  description: 'Trains every trial to its end.',
  options: z.strictObject({}),
  prunes: () => false,
});
