/** Looks up a part named by a config in a registry, with its options as the part declares them. */
import * as z from 'zod';

interface Registered {
  readonly name: string;
  readonly options: z.ZodObject;
}

export interface Bound<Part> {
  readonly part: Part;
  /** The part's own options, validated; pass them to its functions. */
  readonly options: Record<string, unknown>;
}

/**
 * Throws `RangeError` for an unknown name.
 *
 * @param entry an entry of a resolved config that passed validation
 * @param tag the key of the entry that names the part
 */
export function bindPart<Part extends Registered>(
  parts: readonly Part[],
  entry: Readonly<Record<string, unknown>>,
  tag: string,
): Bound<Part> {
  const part = parts.find((candidate) => candidate.name === entry[tag]);
  if (part === undefined)
    throw new RangeError(`nothing is registered under the ${tag} ${String(entry[tag])}`);
  const known = Object.entries(entry).filter(([key]) => Object.hasOwn(part.options.shape, key));
  const options: Record<string, unknown> = z
    .looseObject({})
    .parse(part.options.parse(Object.fromEntries(known)));
  return { part, options };
}
