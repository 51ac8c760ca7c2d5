/** Options with a fixed set of named values, each documented: in the reference, in hovers and next to completions. */
import * as z from 'zod';

/** One named value of a config option, with its explanation. */
export interface Explained {
  readonly value: string;
  /** Display title, for values whose name is not self-explanatory. */
  readonly title?: string;
  readonly description: string;
  /** Author, year and title in quotation marks. */
  readonly paper?: string;
  /** One formula, or one per player. */
  readonly formula?: string | { readonly discriminator: string; readonly generator: string };
}

/** Schema metadata that holds the explanations of the schema's values. */
export function explained(values: readonly Explained[]): { readonly explained: readonly Explained[] } {
  return { explained: values };
}

/** An enum schema with a description for each name. */
export function choice<const Name extends string>(
  names: readonly [Name, ...Name[]],
  meanings: Readonly<Record<Name, string>>,
) {
  return z.enum(names).meta(explained(names.map((value) => ({ value, description: meanings[value] }))));
}
