/**
 * Discriminated unions over a registry: the tag of an object (`source`, `network` or `name`) selects the part. The
 * part's options and the tag are keys of the same strict object.
 */
import * as z from 'zod';
import { type Explained, explained } from '../shared/choice';

/** Common to all registered parts that have options. */
export interface Part extends Omit<Explained, 'value'> {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodObject;
}

const NAME = 'Name. Its options are further keys of this object.';

type NonEmpty<T> = readonly [T, ...T[]];

function nonEmpty<T>(values: readonly T[]): NonEmpty<T> {
  const [first, ...rest] = values;
  if (first === undefined) throw new RangeError('a registry is empty');
  return [first, ...rest];
}

function explanationOf({ name, title, description, paper, formula }: Omit<Part, 'options'>): Explained {
  return {
    value: name,
    title,
    description,
    ...(paper === undefined ? {} : { paper }),
    ...(formula === undefined ? {} : { formula }),
  };
}

function tagOf(part: Omit<Part, 'options'>, description: string) {
  return z.literal(part.name).meta({ description, ...explained([explanationOf(part)]) });
}

/** One of the names; editors show the descriptions with the choices. */
export function nameOf(parts: readonly Omit<Part, 'options'>[]) {
  return z.enum(nonEmpty(parts.map(({ name }) => name))).meta(explained(parts.map(explanationOf)));
}

/** `{ source: 'digits', …options, …common }` */
export function sourceEntry<Common extends z.ZodRawShape>(sources: readonly Part[], common: Common) {
  const variants = sources.map((part) =>
    z
      .strictObject({
        source: tagOf(part, 'Dataset, or format of your own data.'),
        ...part.options.shape,
        ...common,
      })
      .describe(part.description),
  );
  return z.discriminatedUnion('source', nonEmpty(variants));
}

/** The network defined in a user's own module; its entry needs no tag, since `module` identifies it. */
export const MODULE_NETWORK = 'module';

/** `{ network: 'dcgan', …options }`, or `{ module: './nets.mjs', export: 'generator' }`. */
export function networkEntry(networks: readonly Part[]) {
  const variants = networks.map((part) => {
    const tag = tagOf(part, 'Architecture of the network.');
    const network = part.name === MODULE_NETWORK ? tag.default(MODULE_NETWORK) : tag;
    return z.strictObject({ network, ...part.options.shape }).describe(part.description);
  });
  return z.discriminatedUnion('network', nonEmpty(variants));
}

/**
 * `{ name: 'r1', …options, …common }`, or only the name to use all defaults.
 *
 * @param common fields that each part has in addition to its own options; a function, where they depend on the part
 */
export function namedEntry<Kind extends Part, Common extends z.ZodRawShape>(
  parts: readonly Kind[],
  common: Common | ((part: Kind) => Common),
) {
  const variants = parts.map((part) => {
    const shared = typeof common === 'function' ? common(part) : common;
    return z
      .strictObject({ name: tagOf(part, NAME), ...part.options.shape, ...shared })
      .describe(part.description);
  });
  const writtenOut = z.discriminatedUnion('name', nonEmpty(variants));
  const byName = nameOf(parts)
    .transform((name): unknown => ({ name }))
    .pipe(writtenOut);
  return z.union([byName, writtenOut]);
}

/** `{ name: 'adam', …options, …common }`, where the name may be omitted for the first part. */
export function namedOrFirst<Common extends z.ZodRawShape>(parts: readonly Part[], common: Common) {
  const variants = parts.map((part, index) => {
    const name = index === 0 ? tagOf(part, NAME).optional() : tagOf(part, NAME);
    return z.strictObject({ name, ...part.options.shape, ...common }).describe(part.description);
  });
  return z.discriminatedUnion('name', nonEmpty(variants));
}
