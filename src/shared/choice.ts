/** Options with a few named values, each of which is explained: in the documentation, in hovers and beside completions. */
import * as z from 'zod';

/** What a value that a config can name means. */
export interface Explained {
  readonly value: string;
  /** What the value is called where its name is not enough. */
  readonly title?: string;
  readonly description: string;
  /** Author, year and title in quotation marks. */
  readonly paper?: string;
  /** One formula, or one for each player. */
  readonly formula?: string | { readonly discriminator: string; readonly generator: string };
}

/** The metadata under which the explanations of a schema's values are kept. */
export function explained(values: readonly Explained[]): { readonly explained: readonly Explained[] } {
  return { explained: values };
}

/** One of the names, each with what it means. */
export function choice<const Name extends string>(
  names: readonly [Name, ...Name[]],
  meanings: Readonly<Record<Name, string>>,
) {
  return z.enum(names).meta(explained(names.map((value) => ({ value, description: meanings[value] }))));
}
