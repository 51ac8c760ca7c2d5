/** What the parts of an experiment that the registries list have in common. */
import type * as z from 'zod';
import type { LocalizableText } from '../shared/localizable-text';
import type { Combination } from './combination';

export interface Part<Options extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation with section or equation. */
  readonly paper: string;
  /** Strict zod object, without the key `name` and without options that all parts of its kind share. */
  readonly options: Options;
}

/** A part that does not go with all others. */
export interface CombinedPart<Options extends z.ZodObject> extends Part<Options> {
  /** Returns why it cannot be used in a combination, as a clause without a full stop; undefined if it can. */
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
}
